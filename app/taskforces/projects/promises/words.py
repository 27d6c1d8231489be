"""Milestones in plain words, and as a strip along time."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core.charts.strips import Dated, StripWords, milestone_strip
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.promises.rules import MilestoneKind, MilestoneStage, Timing
from app.taskforces.projects.rules import ForecastReason

REASONS: Mapping[ForecastReason, LazyString] = {
    ForecastReason.WEATHER: _l("Weather"),
    ForecastReason.SUPPLIER: _l("Supplier or contractor"),
    ForecastReason.PERMIT: _l("Permit or approval"),
    ForecastReason.STAFF: _l("Not enough people"),
    ForecastReason.COST: _l("Cost"),
    ForecastReason.REQUEST: _l("Residents asked for it"),
    ForecastReason.EARLIER: _l("Going faster than planned"),
    ForecastReason.OTHER: _l("Another reason"),
}

TIMINGS: Mapping[Timing, LazyString] = {
    Timing.AHEAD: _l("Ahead of us"),
    Timing.EXPECTED_LATE: _l("Expected late"),
    Timing.LATE: _l("Late"),
    Timing.CLAIMED: _l("Claimed done, not verified yet"),
    Timing.DONE: _l("Done"),
    Timing.DONE_LATE: _l("Done, late"),
}

TIMING_TONES: Mapping[Timing, str] = {
    Timing.AHEAD: "info",
    Timing.EXPECTED_LATE: "warning",
    Timing.LATE: "bad",
    Timing.CLAIMED: "waiting",
    Timing.DONE: "good",
    Timing.DONE_LATE: "good",
}

KINDS: Mapping[MilestoneKind, LazyString] = {
    MilestoneKind.APPROVAL: _l("Approval"),
    MilestoneKind.ENGAGEMENT: _l("Talking with residents"),
    MilestoneKind.PROCUREMENT: _l("Choosing suppliers"),
    MilestoneKind.DELIVERY: _l("Delivery"),
    MilestoneKind.ASSESSMENT: _l("Looking whether it works"),
    MilestoneKind.REPORTING: _l("Reporting"),
}

STAGES: Mapping[MilestoneStage, LazyString] = {
    MilestoneStage.PLANNED: _l("Planned"),
    MilestoneStage.IN_PROGRESS: _l("Begun"),
    MilestoneStage.CLAIMED: _l("Claimed done, not verified yet"),
    MilestoneStage.RETURNED: _l("Sent back by the other side"),
    MilestoneStage.DONE: _l("Done and verified"),
    MilestoneStage.DROPPED: _l("Dropped"),
}

AS_IT_IS: Mapping[MilestoneStage, LazyString] = {
    MilestoneStage.PLANNED: _l("Nobody has claimed yet that this milestone is done."),
    MilestoneStage.IN_PROGRESS: _l("Work on this milestone has begun, and nobody has claimed yet that it is done."),
    MilestoneStage.CLAIMED: _l("One side has claimed that this milestone is done. The other side looks now."),
    MilestoneStage.RETURNED: _l("The other side has sent this milestone back. It can be claimed again."),
    MilestoneStage.DONE: _l("This milestone is done already."),
    MilestoneStage.DROPPED: _l("This milestone was dropped by a new baseline."),
}


WIDTH = 360
"""Narrow enough that its words can still be read on a phone."""


def strip(rows: Sequence[MilestoneRow], today: date, earlier: Sequence[Mapping[int, date]] = ()) -> Markup | None:
    """The milestones along time: promised (and what `earlier` promises said), expected, done. None without any."""
    if not rows:
        return None
    done = sum(row.actual_on is not None for row in rows)
    title = _(
        "Milestones along time: %(done)s of %(all)s done. The table below says the same.", done=done, all=len(rows)
    )
    words = StripWords(
        baseline=_("Promised"), forecast=_("Expected"), actual=_("Done"), today=_("Today"), none=_("Not yet")
    )
    marks = [
        Dated(
            label=row.title,
            baseline_on=row.baseline_on,
            forecast_on=row.forecast_on,
            actual_on=row.actual_on,
            earlier=tuple({days[row.id] for days in earlier if row.id in days} - {row.baseline_on}),
            said=str(_("said to be done")) if row.stage == MilestoneStage.CLAIMED else "",
        )
        for row in rows
    ]
    return milestone_strip(title, marks, today=today, words=words, write=_write, width=WIDTH)


def _write(day: date) -> str:
    return str(format_date(day, "medium", rebase=False))
