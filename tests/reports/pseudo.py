"""A language that nobody speaks, for looking at papers that are read from the right: English words in Arabic letters.

Its days, numbers and plurals are those of Arabic. `catalog(folder)` writes its texts; `speaks(app, folder)` lets an app
find them; `mirrored(value)` writes the texts of a report's figures in it, as residents of such a place would have.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

from tests.house import APP

LANGUAGE = "ar"
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz,;?", "ابتدهفغحيجكلمنوپقرشطعڤوخذز،؛؟")
KEPT = re.compile(
    r"%\(\w+\)[sd]|%%|\{\w+\}|<[^>]*>|&\w+;|https?://\S+|\S+@\S+\.\S+|\b[A-Z]+-?\d[\w-]*|\b\d[\w./:-]*[A-Z]\w*|\b[0-9a-f]{12,}\b"
)
"""What no translator touches: blanks to fill in, tags, addresses, codes and marks of files."""


def said(text: str) -> str:
    """A text in that language; what no translator touches stays."""
    parts, at = [], 0
    for kept in KEPT.finditer(text):
        parts += [text[at : kept.start()].lower().translate(LETTERS), kept[0]]
        at = kept.end()
    return "".join([*parts, text[at:].lower().translate(LETTERS)])


def catalog(folder: Path) -> None:
    """Write all texts of the site in that language where Babel looks for them under `folder`."""
    made = Catalog(locale=LANGUAGE)
    with (APP / "translations" / "messages.pot").open("rb") as file:
        for message in read_po(file):
            if isinstance(message.id, tuple):
                made.add(message.id, (said(message.id[0]), *[said(message.id[1])] * (made.num_plurals - 1)))
            elif message.id:
                made.add(message.id, said(message.id))
    target = folder / LANGUAGE / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    with (target / "messages.mo").open("wb") as file:
        write_mo(file, made)


def speaks(app: Flask, folder: Path) -> None:
    """Let an app find the texts that `catalog` wrote there, before its own."""
    app.extensions["babel"].translation_directories.insert(0, str(folder))
    app.extensions["babel"].instance.domain_instance.cache.clear()


def forgets(app: Flask, folder: Path) -> None:
    """Let an app speak as before."""
    app.extensions["babel"].translation_directories.remove(str(folder))
    app.extensions["babel"].instance.domain_instance.cache.clear()


def mirrored(value: Any) -> Any:
    """Figures whose texts (whatever has a space in it) are in that language."""
    if isinstance(value, Mapping):
        return {key: mirrored(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [mirrored(each) for each in value]
    return said(value) if isinstance(value, str) and " " in value else value
