"""Every text has its translation, with the same blanks to fill in, and the compiled catalog is the written one."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.core.languages import LANGUAGES
from tests.house import APP

FOLDERS = {code: APP / "translations" / code / "LC_MESSAGES" for code in LANGUAGES if code != "en"}


def blanks(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))


def messages(folder: Path) -> list[Message]:
    with (folder / "messages.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def pair(message: Message) -> tuple[str, str]:
    """The text and its translation; of a plural, the form for many."""
    if isinstance(message.id, str):
        return message.id, str(message.string)
    return message.id[-1], message.string[-1]


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_translations_keep_the_blanks(folder):
    pairs = [pair(message) for message in messages(folder)]
    assert [both for both in pairs if both[1] and blanks(both[0]) != blanks(both[1])] == []


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_nearly_nothing_is_left_in_english(folder):
    left = [pair(message)[0] for message in messages(folder) if not pair(message)[1]]
    assert len(left) <= 0.02 * len(messages(folder)), left


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_the_compiled_catalog_is_the_written_one(folder):
    compiled = BytesIO()
    with (folder / "messages.po").open("rb") as file:
        write_mo(compiled, read_po(file))
    assert compiled.getvalue() == (folder / "messages.mo").read_bytes()
