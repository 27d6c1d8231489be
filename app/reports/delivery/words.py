"""A quarter's delivery put into words and one drawing, in the language of the moment."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.charts.bars import Bar, bars
from app.core.charts.fills import Fill
from app.taskforces.projects import words as projects
from app.taskforces.projects.promises import words as promises
from app.taskforces.projects.promises.rules import Timing
from app.taskforces.projects.rules import Cause, ProjectStage, Status


def span(told: Any) -> str:
    """A quarter as the heads of columns say it."""
    return str(_("Q%(number)s %(year)s", number=(told.first_on.month + 2) // 3, year=told.first_on.year))


def states(told: Any) -> list[tuple[str, int]]:
    """How many projects are in each stage, in the order of the stages; stages without any are left out."""
    counts = {each: sum(1 for row in told.projects if row.stage == each) for each in ProjectStage}
    return [(str(projects.STAGES[each]), number) for each, number in counts.items() if number]


def drawn(told: Any) -> Markup:
    """How many projects stand how, as bars told apart by their patterns."""
    fills = {
        Status.ON_TRACK: Fill.SOLID,
        Status.NEEDS_ATTENTION: Fill.STRIPES,
        Status.OFF_TRACK: Fill.BARS,
        Status.COMPLETED: Fill.DOTS,
        Status.CANCELLED: Fill.BARE,
    }
    counts = {each: sum(1 for row in told.projects if row.status == each) for each in Status}
    rows = [
        Bar(label=str(projects.STATUSES[each]), value=counts[each], shown=str(counts[each]), fill=fills[each])
        for each in Status
    ]
    return bars(str(_("Projects by how they stand")), rows, width=400)


def compared(now: int | None, before: int | None, *, more_is_better: bool) -> str:
    """Whether a figure is better than, worse than or the same as one before; a share of nothing is not compared."""
    if now is None or before is None:
        return str(_("not comparable"))
    if now == before:
        return str(_("▪ the same"))
    if (now > before) is more_is_better:
        return str(_("▲ better"))
    return str(_("▼ worse"))


def status(row: Any) -> tuple[str, str]:
    """A project's status in a word and a tone."""
    return str(projects.STATUSES[Status(row.status)]), projects.TONES[Status(row.status)]


def causes(row: Any) -> str:
    """Why a project's status is what it is."""
    return " ".join(projects.cause(Cause(each.cause), each.number) for each in row.causes)


def timing(row: Any) -> tuple[str, str]:
    """How a milestone stands, in words and a tone."""
    return str(promises.TIMINGS[Timing(row.timing)]), promises.TIMING_TONES[Timing(row.timing)]


def percent(value: int | None) -> str:
    """A share, or that there was nothing to take it of."""
    return str(_("nothing was due")) if value is None else f"{value} %"


def answered(told: Any) -> int | None:
    """The share of a quarter's first answers that came by their day, in percent."""
    return 100 * told.asked.in_time // told.asked.answered if told.asked.answered else None


def late_first(rows: Sequence[Any]) -> list[Any]:
    """Projects with those in trouble first."""
    order = (Status.OFF_TRACK, Status.NEEDS_ATTENTION, Status.ON_TRACK, Status.COMPLETED, Status.CANCELLED)
    return sorted(rows, key=lambda row: (order.index(Status(row.status)), row.code))
