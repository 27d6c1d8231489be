"""How a text is known by its own words, what a translation of it can be, and why one is refused."""

import hashlib
import unicodedata
from enum import StrEnum

MOST = 8000
"""Characters of a translation."""


class Rendering(StrEnum):
    """What stands for a text in another language.

    All of it; an official summary, which says so and sends the reader to the original; or the same words, where a name,
    a number or an address needs no translation. None is made by a machine.
    """

    WHOLE = "whole"
    SUMMARY = "summary"
    SAME = "same"


class WhyNot(StrEnum):
    """Why a translation or its reading over is refused."""

    NOT_SPOKEN = "not_spoken"
    SAME_LANGUAGE = "same_language"
    CHANGED = "changed"
    OWN = "own"
    READ_OVER = "read_over"
    NOT_NEWEST = "not_newest"
    NAMED = "named"


def text_hash(text: str) -> str:
    """SHA-256 in hex of the words alone, however their lines are broken: a changed text is another text."""
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode()).hexdigest()


def why_not_translate(
    source: str, language: str, *, spoken: tuple[str, ...], number: int, newest: int
) -> WhyNot | None:
    """The first reason to refuse a translation that follows on version `number`; None where there is none."""
    if language not in spoken:
        return WhyNot.NOT_SPOKEN
    if language == source:
        return WhyNot.SAME_LANGUAGE
    return WhyNot.CHANGED if number != newest else None


def why_not_read_over(*, is_own: bool, is_read: bool, is_newest: bool) -> WhyNot | None:
    """The first reason to refuse that somebody says they have read a translation over; None where there is none."""
    if is_own:
        return WhyNot.OWN
    if is_read:
        return WhyNot.READ_OVER
    return None if is_newest else WhyNot.NOT_NEWEST
