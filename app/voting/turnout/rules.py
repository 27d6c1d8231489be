"""Which numbers about voters may be kept and shown: full tens while a vote is open, and never a channel below ten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.voting.rules import SMALLEST_CELL


@dataclass(frozen=True, kw_only=True)
class Hour:
    """A cell: so many voters came up to this moment since the cell before."""

    until: datetime
    voters: int


@dataclass(frozen=True, kw_only=True)
class Channels:
    """How many voted online and how many on paper."""

    online: int
    paper: int

    @property
    def voters(self) -> int:
        """Everybody who has voted; nobody is in both."""
        return self.online + self.paper


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the roll, such as an area or an age: how many stand on it, and how many of them voted.

    `name` None: those of whom it is not known; `is_rest`: several parts too small to be told by themselves.
    """

    name: str | None
    on_roll: int
    voters: int
    is_rest: bool = False

    @property
    def is_small(self) -> bool:
        """Whether its voters, or those who stayed away, are fewer than may be told."""
        return min(self.voters, self.on_roll - self.voters) < SMALLEST_CELL


def told_parts(parts: Sequence[Part]) -> list[Part]:
    """The parts of a roll as everybody may see them; empty where they cannot be told apart at all.

    Parts that are too small are told together. Where even together they are too small, the smallest other part joins
    them, so that no number can be found by taking the others from the whole.
    """
    shown = [each for each in parts if not each.is_small]
    small = [each for each in parts if each.is_small and each.on_roll]
    while small and _together(small).is_small:
        if not shown:
            return []
        smallest = min(shown, key=lambda each: min(each.voters, each.on_roll - each.voters))
        shown.remove(smallest)
        small.append(smallest)
    if not small:
        return shown if len(shown) > 1 else []
    return [*shown, _together(small)] if shown else []


def _together(parts: Sequence[Part]) -> Part:
    return Part(
        name=parts[0].name if len(parts) == 1 else None,
        on_roll=sum(each.on_roll for each in parts),
        voters=sum(each.voters for each in parts),
        is_rest=len(parts) > 1,
    )


AGES = (18, 30, 45, 60, 75)
"""The ages at which a band begins; the first holds whoever is younger."""


def age_band(born_on: date | None, day: date) -> str | None:
    """The band of ages in which somebody was on a day, such as `30-44`, `0-17` or `75-`; None where it is not known."""
    if born_on is None:
        return None
    age = day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    first = max((start for start in AGES if start <= age), default=0)
    last = min((start for start in AGES if start > age), default=None)
    return f"{first}-{last - 1 if last else ''}"


def full_hour(moment: datetime) -> datetime:
    """The full hour that has passed last."""
    return moment.replace(minute=0, second=0, microsecond=0)


def cell_to_keep(voters: int, kept: int) -> int:
    """How many of the voters who came since the last cell make a cell now: full tens; 0 where they are fewer."""
    fresh = max(0, voters - kept)
    return fresh - fresh % SMALLEST_CELL


def cells(kept: Sequence[Hour], voters: int, *, ended_at: datetime | None) -> list[Hour]:
    """The cells as everybody may see them; once the vote has ended (`ended_at`) they add up to all voters.

    Those who came after the last cell are then added to it, and voters who were taken out since are taken from the last
    cells, so that none is ever below ten.
    """
    shown = list(kept)
    if ended_at is None:
        return shown
    rest = voters - sum(each.voters for each in shown)
    while shown and (rest < SMALLEST_CELL):
        rest += shown.pop().voters
    return [*shown, Hour(until=ended_at, voters=rest)] if rest >= SMALLEST_CELL else []


def told_apart(found: Channels, *, is_open: bool) -> Channels | None:
    """The channels as everybody may see them: in tens while the vote is open; None where one is too few to be told."""
    if min(found.online, found.paper) < SMALLEST_CELL:
        return None
    if not is_open:
        return found
    return Channels(
        online=found.online - found.online % SMALLEST_CELL, paper=found.paper - found.paper % SMALLEST_CELL
    )


def by_day(shown: Sequence[Hour], offset: timedelta) -> list[Hour]:
    """The same cells added up by the day on which each ends, at `offset` from UTC; its last moment stands for it."""
    days: dict[object, Hour] = {}
    for each in shown:
        day = (each.until + offset - timedelta(seconds=1)).date()
        before = days[day].voters if day in days else 0
        days[day] = Hour(until=each.until, voters=before + each.voters)
    return list(days.values())
