"""When residents are asked, who answers, and which numbers of the answers may be told (rule 30): pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.taskforces.projects.closing.rules import Works

ASKED_FOR = timedelta(weeks=4)
PAPER_FOR = timedelta(days=7)
"""How long after the last answer on the web those on paper are counted."""
FEW = 10
"""Of fewer people no number is told."""
MOST_ON_PAPER = 100_000
LEAST_HOW, MOST_HOW = 15, 600


class WhyNot(StrEnum):
    """Why nobody can answer, or count paper, now."""

    NOT_ASKED = "not_asked"
    NOT_YET = "not_yet"
    OVER = "over"
    ANSWERED = "answered"


@dataclass(frozen=True, kw_only=True)
class Days:
    """From when to when residents answer, until when paper is counted, and from when on everybody reads what came."""

    opens_on: date

    @property
    def last_on(self) -> date:
        """The last day to answer."""
        return self.opens_on + ASKED_FOR - timedelta(days=1)

    @property
    def paper_last_on(self) -> date:
        """The last day on which a clerk counts paper."""
        return self.last_on + PAPER_FOR

    @property
    def told_on(self) -> date:
        """The first day on which the result is told: nothing can be added then, so no two results differ by one."""
        return self.paper_last_on + timedelta(days=1)


def why_not_answer(days: Days | None, today: date, *, has_answered: bool) -> WhyNot | None:
    """Why a resident cannot answer on a day, or None."""
    if days is None:
        return WhyNot.NOT_ASKED
    if today < days.opens_on:
        return WhyNot.NOT_YET
    if has_answered:
        return WhyNot.ANSWERED
    return WhyNot.OVER if today > days.last_on else None


def why_not_count(days: Days | None, today: date) -> WhyNot | None:
    """Why a clerk cannot count answers on paper on a day, or None."""
    if days is None:
        return WhyNot.NOT_ASKED
    if today < days.opens_on:
        return WhyNot.NOT_YET
    return WhyNot.OVER if today > days.paper_last_on else None


@dataclass(frozen=True, kw_only=True)
class Group:
    """How many gave one of these answers: at least ten."""

    works: tuple[Works, ...]
    people: int


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The answers as everybody may see them, so that no number below ten can be worked out from the others.

    Answers of fewer are told together with another one. Where even that does not help, how many answered is told in
    full tens (`at_least`), and at most that nearly all said the same.
    """

    people: int | None = None
    at_least: int | None = None
    groups: tuple[Group, ...] = ()
    percent: int | None = None
    """The share that says yes, rounded down, where those are a group of their own."""
    nearly_all: Works | None = None
    """What all but fewer than ten say."""


def shown(counts: Mapping[Works, int]) -> Shown:
    """What of these answers is told."""
    people = sum(counts.values())
    if people < FEW:
        return Shown()
    for parts in TOGETHER:
        groups = tuple(Group(works=works, people=sum(counts.get(each, 0) for each in works)) for works in parts)
        if all(each.people >= FEW for each in groups):
            percent = 100 * groups[0].people // people if parts[0] == (Works.YES,) else None
            return Shown(people=people, groups=groups, percent=percent)
    nearly_all = next((each for each in Works if counts.get(each, 0) >= FEW > people - counts.get(each, 0)), None)
    return Shown(at_least=people - people % FEW, nearly_all=nearly_all)


TOGETHER = (
    ((Works.YES,), (Works.PARTLY,), (Works.NO,)),
    ((Works.YES,), (Works.PARTLY, Works.NO)),
    ((Works.YES, Works.PARTLY), (Works.NO,)),
)
"""Which answers are told together, the finest way first."""
