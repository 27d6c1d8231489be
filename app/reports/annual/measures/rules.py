"""The fifteen measures, and which of their numbers may be told: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

FEW = 5
"""Of fewer people no number is told; of voters it is ten, and whoever counts them sees to that (rule 30)."""


class Measure(StrEnum):
    """What is measured, in the order of the report."""

    VOTERS = "voters"
    YOUNG = "young"
    ON_PAPER = "on_paper"
    PROPOSERS = "proposers"
    FIRST_TIME = "first_time"
    DISCUSSED = "discussed"
    PAPER_FORMS = "paper_forms"
    AREAS = "areas"
    CAME = "came"
    PARTNERS = "partners"
    GIVEN = "given"
    FUNDED = "funded"
    OUTSIDE = "outside"
    COMPLETED = "completed"
    ON_TIME = "on_time"


class WhyNot(StrEnum):
    """Why no number is told."""

    NO_VOTE = "no_vote"
    FEW = "few"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Value:
    """A number, of how many where there is such a whole; or why none is told."""

    number: int | None = None
    whole: int | None = None
    why: WhyNot | None = None


NO_VOTE, UNKNOWN, TOO_FEW = Value(why=WhyNot.NO_VOTE), Value(why=WhyNot.UNKNOWN), Value(why=WhyNot.FEW)


def told(number: int, whole: int | None = None) -> Value:
    """People as everybody may see them: neither they nor the rest of the whole may be so few that one is found out."""
    rest = whole - number if whole is not None else 0
    if 0 < number < FEW or 0 < rest < FEW:
        return TOO_FEW
    return Value(number=number, whole=whole)


def added(values: Iterable[Value]) -> Value:
    """The values of several cycles in one: a number only where each of them is told."""
    found = list(values)
    if not found:
        return NO_VOTE
    silent = next((each for each in found if each.number is None), None)
    if silent is not None:
        return silent
    wholes = [each.whole for each in found]
    whole = None if None in wholes else sum(each for each in wholes if each is not None)
    return Value(number=sum(each.number or 0 for each in found), whole=whole)
