"""What makes a priority statement, and until when it may change."""

from collections.abc import Sequence
from enum import StrEnum

from app.cycles.rules import Stage

MOST, LONGEST = 10, 80
"""How many priorities there are at the most, and how many characters each has."""


class WhyNot(StrEnum):
    """Why priorities cannot stand as they were written."""

    NONE = "none"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    TWICE = "twice"


def names_in(text: str) -> tuple[str, ...]:
    """The priorities in a text that has one in each line."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def why_not(names: Sequence[str]) -> WhyNot | None:
    """The first thing wrong with these priorities, or None."""
    if not names:
        return WhyNot.NONE
    if len(names) > MOST:
        return WhyNot.TOO_MANY
    if any(len(name) > LONGEST for name in names):
        return WhyNot.TOO_LONG
    return WhyNot.TWICE if len({name.casefold() for name in names}) < len(names) else None


def may_still_change(stage: Stage) -> bool:
    """Only before proposals are collected: whoever proposes must know what they are measured by."""
    return stage is Stage.DRAFT
