"""How long a foreword may be, for which years, and when it is printed."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from app.taskforces.seats.rules import Side

MOST_WORDS = 200
LEAST_CHARACTERS, MOST_CHARACTERS = 40, 2400
YEARS_BACK = 2


class WhyNot(StrEnum):
    """Why a foreword cannot be written, or agreed to, now."""

    TOO_LONG = "too_long"
    OTHER_YEAR = "other_year"
    NEWER = "newer"
    AGREED = "agreed"


def words_in(text: str) -> int:
    """How many words a text has, as people count them."""
    return len(text.split())


def may_be_written(year: int, today: date) -> bool:
    """Whether a foreword for the budget report of a year may still be written."""
    return today.year - YEARS_BACK <= year <= today.year


def why_not_write(text: str, year: int, today: date) -> WhyNot | None:
    """Why this text cannot be a year's foreword, or None."""
    if not may_be_written(year, today):
        return WhyNot.OTHER_YEAR
    return WhyNot.TOO_LONG if words_in(text) > MOST_WORDS else None


def why_not_agree(side: Side, agreed: Collection[Side], *, is_newest: bool) -> WhyNot | None:
    """Why somebody of a side cannot agree to a foreword that these sides have agreed to, or None."""
    if not is_newest:
        return WhyNot.NEWER
    return WhyNot.AGREED if side in agreed else None


def stands(agreed: Collection[Side]) -> bool:
    """Whether a foreword is printed: both sides have agreed to its words."""
    return set(agreed) == set(Side)
