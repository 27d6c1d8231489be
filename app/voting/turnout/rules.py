"""Which numbers about voters may be kept and shown: full tens while a vote is open, and never a channel below ten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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
