"""How a milestone stands: derived from its dates and claims (domain rules 18 to 20), and which of them set the pace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.taskforces.projects.rules import DEFAULTS, Thresholds


class MilestoneKind(StrEnum):
    """What a milestone is about; the stage table asks for `approval` and `delivery`."""

    APPROVAL = "approval"
    ENGAGEMENT = "engagement"
    PROCUREMENT = "procurement"
    DELIVERY = "delivery"
    ASSESSMENT = "assessment"
    REPORTING = "reporting"


class MilestoneStage(StrEnum):
    """Where a milestone is; derived from what happened to it, never typed."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    CLAIMED = "claimed"
    RETURNED = "returned"
    DONE = "done"
    DROPPED = "dropped"


class Move(StrEnum):
    """What can be done to a milestone of a promise."""

    BEGIN = "begin"
    CLAIM = "claim"
    VERIFY = "verify"
    RETURN = "return"
    DROP = "drop"
    FORECAST = "forecast"


class Who(StrEnum):
    """Who does it."""

    CHAIR = "chair"
    OTHER_CHAIR = "other_chair"
    """A co-chair of the side that did not claim it (domain rule 20)."""
    BOTH = "both"
    """Both sides, with a new baseline."""


_AHEAD = frozenset({MilestoneStage.PLANNED, MilestoneStage.IN_PROGRESS, MilestoneStage.RETURNED})
MOVES: Mapping[Move, tuple[frozenset[MilestoneStage], MilestoneStage | None, Who]] = {
    Move.BEGIN: (frozenset({MilestoneStage.PLANNED}), MilestoneStage.IN_PROGRESS, Who.CHAIR),
    Move.FORECAST: (_AHEAD, None, Who.CHAIR),
    Move.CLAIM: (_AHEAD, MilestoneStage.CLAIMED, Who.CHAIR),
    Move.VERIFY: (frozenset({MilestoneStage.CLAIMED}), MilestoneStage.DONE, Who.OTHER_CHAIR),
    Move.RETURN: (frozenset({MilestoneStage.CLAIMED}), MilestoneStage.RETURNED, Who.OTHER_CHAIR),
    Move.DROP: (_AHEAD, MilestoneStage.DROPPED, Who.BOTH),
}
"""From which stages to which, and by whom; what is not here does not happen."""


class Timing(StrEnum):
    """How a milestone stands against its promise; late and missed are derived, never typed."""

    AHEAD = "ahead"
    EXPECTED_LATE = "expected_late"
    LATE = "late"
    CLAIMED = "claimed"
    """One side says that it is done: whether it came late is said once the other side has looked."""
    DONE = "done"
    DONE_LATE = "done_late"


@dataclass(frozen=True, kw_only=True)
class Dates:
    """A milestone's three dates."""

    baseline_on: date
    forecast_on: date
    actual_on: date | None


@dataclass(frozen=True, kw_only=True)
class Link:
    """A milestone in the chain of those that need each other: the day it ends, and what it needs before."""

    id: int
    ends_on: date
    needs: tuple[int, ...] = ()


def stage_of(*, begun: bool, done: bool, dropped: bool, claim_open: bool, returned: bool) -> MilestoneStage:
    """Where a milestone is; `returned` says that its last claim was sent back."""
    if dropped:
        return MilestoneStage.DROPPED
    if done:
        return MilestoneStage.DONE
    if claim_open:
        return MilestoneStage.CLAIMED
    if returned:
        return MilestoneStage.RETURNED
    return MilestoneStage.IN_PROGRESS if begun else MilestoneStage.PLANNED


def may_move(stage: MilestoneStage, move: Move, who: Who) -> bool:
    """Whether this move is in the table for that stage and by that hand."""
    from_stages, _to, by = MOVES[move]
    return stage in from_stages and who is by


def critical_path(links: Sequence[Link]) -> tuple[int, ...]:
    """The chain that decides when everything is done, first to last: from the milestone that ends last, always on to
    the latest of those it needs. Where two end on one day the one further down the plan counts. Empty for no links."""
    by_id = {link.id: (order, link) for order, link in enumerate(links)}
    ahead = list(by_id.values())
    path: list[int] = []
    while ahead:
        _order, last = max(ahead, key=lambda each: (each[1].ends_on, each[0]))
        path.append(last.id)
        ahead = [by_id[each] for each in last.needs if each in by_id and each not in path]
    return tuple(reversed(path))


def timing(dates: Dates, today: date) -> Timing:
    """How a milestone stands; lateness stops on the day it was done."""
    if dates.actual_on is not None:
        return Timing.DONE_LATE if dates.actual_on > dates.baseline_on else Timing.DONE
    if today > dates.baseline_on:
        return Timing.LATE
    return Timing.EXPECTED_LATE if dates.forecast_on > dates.baseline_on else Timing.AHEAD


def slip_days(dates: Dates, today: date) -> int:
    """By how many days a milestone comes (or came) after its promise."""
    end = dates.actual_on or max(dates.forecast_on, today)
    return max(0, (end - dates.baseline_on).days)


def is_unexplained(dates: Dates, today: date, thresholds: Thresholds = DEFAULTS) -> bool:
    """Whether a milestone is past its promise, and past what was last expected, with nobody saying why (rule 19)."""
    patience = timedelta(days=thresholds.unexplained_days)
    return dates.actual_on is None and today >= max(dates.baseline_on, dates.forecast_on) + patience
