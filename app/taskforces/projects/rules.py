"""Stages of a project, what each allows, and the computed status (domain rules 18-21 and 26, report R7).

Which step follows which, by whose hand and on what condition is `stages/rules.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProjectStage(StrEnum):
    """Where a project is."""

    FUNDED = "funded"
    MOBILISING = "mobilising"
    PLANNING = "planning"
    PROCUREMENT = "procurement"
    DELIVERY = "delivery"
    HANDOVER = "handover"
    COMPLETED = "completed"
    EVALUATED = "evaluated"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class ForecastReason(StrEnum):
    """Why a date is now expected to be another one."""

    WEATHER = "weather"
    SUPPLIER = "supplier"
    PERMIT = "permit"
    STAFF = "staff"
    COST = "cost"
    REQUEST = "request"
    EARLIER = "earlier"
    OTHER = "other"


class Status(StrEnum):
    """The word a project page shows; computed from dates, money and silence, never typed."""

    ON_TRACK = "on_track"
    NEEDS_ATTENTION = "needs_attention"
    OFF_TRACK = "off_track"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Act(StrEnum):
    """What a task force does with a project."""

    PLAN = "plan"
    REBASELINE = "rebaseline"
    FORECAST = "forecast"
    BEGIN = "begin"
    CLAIM = "claim"
    ANSWER_CLAIM = "answer_claim"
    NAME_PARTNERS = "name_partners"
    FIX_SNAG = "fix_snag"
    CHECK_AFTER = "check_after"
    UPDATE = "update"
    REPORT_SETBACK = "report_setback"


class Cause(StrEnum):
    """Why a status is what it is; the number with it is days, percent or a count."""

    LATE = "late"
    OVER_MONEY = "over_money"
    SETBACK_PAST_DUE = "setback_past_due"
    NO_UPDATE = "no_update"
    PAUSED = "paused"
    NOT_STARTED = "not_started"
    NO_BASELINE = "no_baseline"
    AS_PROMISED = "as_promised"
    SLIGHTLY_LATE = "slightly_late"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Where a status changes; days are calendar days. The defaults are those of report R7 and domain rules 19, 21."""

    attention_days: int = 14
    off_track_days: int = 60
    attention_percent: int = 5
    off_track_percent: int = 10
    quiet_days: int = 56
    unexplained_days: int = 7


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The facts a status is computed from."""

    stage: ProjectStage
    latest_baseline_on: date | None
    latest_forecast_on: date | None
    """The last milestone's day as now expected, or as it was once done."""
    started_on: date
    last_update_on: date | None
    open_milestones: int = 0
    allocated_cents: int = 0
    expected_cents: int = 0
    """What is promised, paid, or expected to be needed in all, whichever is most."""
    setbacks_past_due: int = 0


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A status with what made it so, the weightiest first: pairs of a cause and its number."""

    status: Status
    causes: tuple[tuple[Cause, int], ...]
    quiet: bool = False
    """Nothing was published for too long (domain rule 21)."""


DEFAULTS = Thresholds()
LEAST_WORDS = 40
"""How many characters an explanation or an evidence has at least (domain rule 18)."""

_FINISHED = Verdict(status=Status.COMPLETED, causes=((Cause.FINISHED, 0),))
ENDED: Mapping[ProjectStage, Verdict] = {
    ProjectStage.COMPLETED: _FINISHED,
    ProjectStage.EVALUATED: _FINISHED,
    ProjectStage.CANCELLED: Verdict(status=Status.CANCELLED, causes=((Cause.STOPPED, 0),)),
}

RUNNING = frozenset({ProjectStage.PLANNING, ProjectStage.PROCUREMENT, ProjectStage.DELIVERY, ProjectStage.HANDOVER})
ACTIVE = RUNNING | {ProjectStage.MOBILISING}
FINISHED = frozenset({ProjectStage.COMPLETED, ProjectStage.EVALUATED})
"""What was promised is built; what remains are snags and looking back."""
PROMISED = RUNNING | {ProjectStage.PAUSED}
"""A promise stands, and the clock of its forecasts runs: a pause does not stop it."""
ALLOWED: Mapping[Act, frozenset[ProjectStage]] = {
    Act.PLAN: frozenset({ProjectStage.MOBILISING}),
    Act.REBASELINE: PROMISED,
    Act.FORECAST: PROMISED,
    Act.BEGIN: RUNNING,
    Act.CLAIM: RUNNING,
    Act.ANSWER_CLAIM: RUNNING,
    Act.NAME_PARTNERS: ACTIVE | {ProjectStage.PAUSED},
    Act.FIX_SNAG: FINISHED,
    Act.CHECK_AFTER: frozenset({ProjectStage.COMPLETED}),
    Act.UPDATE: ACTIVE | FINISHED | {ProjectStage.PAUSED},
    Act.REPORT_SETBACK: ACTIVE | {ProjectStage.PAUSED},
}


def code(year: int, number: int) -> str:
    """The public id of a project, for example 2026-J003."""
    return f"{year}-J{number:03d}"


def status(standing: Standing, thresholds: Thresholds, today: date) -> Verdict:
    """The word for a project and why: a function of dates, money, setbacks and silence, and of nothing else."""
    if standing.stage in ENDED:
        return ENDED[standing.stage]
    if standing.stage is ProjectStage.FUNDED:
        return Verdict(status=Status.ON_TRACK, causes=((Cause.NOT_STARTED, 0),))
    late, over = days_late(standing, today), percent_over(standing)
    silent = (today - (standing.last_update_on or standing.started_on)).days
    bad = [
        (Cause.SETBACK_PAST_DUE, standing.setbacks_past_due, standing.setbacks_past_due > 0),
        (Cause.LATE, late, late > thresholds.off_track_days),
        (Cause.OVER_MONEY, over, over > thresholds.off_track_percent),
    ]
    doubtful = [
        (Cause.LATE, late, late > thresholds.attention_days),
        (Cause.OVER_MONEY, over, over > thresholds.attention_percent),
        (Cause.NO_UPDATE, silent, silent > thresholds.quiet_days),
        (Cause.PAUSED, 0, standing.stage is ProjectStage.PAUSED),
    ]
    off = {cause: number for cause, number, holds in bad if holds}
    doubts = {cause: number for cause, number, holds in doubtful if holds and cause not in off}
    word = Status.OFF_TRACK if off else Status.NEEDS_ATTENTION if doubts else Status.ON_TRACK
    causes = tuple((off | doubts).items()) or (_fine(standing, late),)
    return Verdict(status=word, causes=causes, quiet=silent > thresholds.quiet_days)


def days_late(standing: Standing, today: date) -> int:
    """By how many days the last milestone comes after its promise; what is still open cannot be done before today."""
    promised = standing.stage is not ProjectStage.MOBILISING
    if not promised or standing.latest_baseline_on is None or standing.latest_forecast_on is None:
        return 0
    finish = max(standing.latest_forecast_on, today) if standing.open_milestones else standing.latest_forecast_on
    return max(0, (finish - standing.latest_baseline_on).days)


def percent_over(standing: Standing) -> int:
    """By how many percent the money expected exceeds the money allocated, rounded up."""
    more = standing.expected_cents - standing.allocated_cents
    return 0 if more <= 0 else -(-100 * more // max(1, standing.allocated_cents))


def tally(verdicts: Iterable[Verdict]) -> dict[Status, int]:
    """How many projects there are of each status."""
    counts = dict.fromkeys(Status, 0)
    for verdict in verdicts:
        counts[verdict.status] += 1
    return counts


def _fine(standing: Standing, late: int) -> tuple[Cause, int]:
    if standing.stage is ProjectStage.MOBILISING or standing.latest_baseline_on is None:
        return Cause.NO_BASELINE, 0
    return (Cause.SLIGHTLY_LATE, late) if late else (Cause.AS_PROMISED, 0)
