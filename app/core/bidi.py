"""Words of one direction among words of the other: what keeps codes and sums whole where lines run to the left."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString, get_locale
from markupsafe import Markup

FIRST_STRONG, POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
FROM_RIGHT = "\N{RIGHT-TO-LEFT ISOLATE}"
LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""A letter of the scripts that are read from the right."""
CODES = re.compile(r"\b\d{4}-[A-Z]\d+(?:-[A-Z]\d+)?\b")
"""What projects, proposals and contracts are called: a number first, so that it would be torn apart."""
MARKS = dict.fromkeys(map(ord, "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"))


def is_from_the_right() -> bool:
    """Whether the language of the moment is read from the right."""
    locale = get_locale()
    return locale is not None and locale.text_direction == "rtl"


def isolated(words: Any) -> Any:
    """Words that keep their own order, whatever stands around them: «2026-J001» never becomes «J001-2026».

    So do codes within words that are read from the right. Nothing changes in languages that are read from the left, nor
    for what is no text.
    """
    if not isinstance(words, str | LazyString) or not words or not is_from_the_right():
        return words
    if words.startswith(FIRST_STRONG):  # it is one already, or an amount, whose pieces are
        return words
    if LETTERS.search(str(words)) and not isinstance(words, Markup):
        words = CODES.sub(f"{FIRST_STRONG}\\g<0>{POP}", str(words))
    # The marks are ours, and a Markup escapes what joins it.
    return (Markup(FIRST_STRONG) + words + POP) if isinstance(words, Markup) else f"{FIRST_STRONG}{words}{POP}"


def each_isolated(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is filled into the blanks of a sentence, each kept whole."""
    return {name: isolated(value) for name, value in values.items()} if values and is_from_the_right() else values


def pieces_isolated(words: str) -> str:
    """An amount whose number and currency keep their own order and follow each other as its language has it."""
    pieces = re.split("([ \N{NO-BREAK SPACE}]+)", words.translate(MARKS))
    return "".join(piece if not piece or piece.isspace() else f"{FIRST_STRONG}{piece}{POP}" for piece in pieces)


def own_direction(words: str) -> str:
    """A line of words in a drawing, which runs from the left: what is read from the right runs as on the page."""
    if is_from_the_right():
        return f"{FROM_RIGHT}{words}{POP}" if LETTERS.search(words) or words.startswith(FIRST_STRONG) else words
    return f"{FIRST_STRONG}{words}{POP}" if LETTERS.search(words) else words
