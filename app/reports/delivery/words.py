"""A quarter's delivery put into words and one drawing, in the language of the moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core import numbers
from app.core.charts.bars import Bar, Limit, pot_bar
from app.core.charts.fills import Fill
from app.taskforces.projects import words as projects
from app.taskforces.projects.promises import words as promises
from app.taskforces.projects.promises.rules import Timing
from app.taskforces.projects.rules import Cause, ProjectStage, Status

FILLS = {
    Status.ON_TRACK: Fill.SOLID,
    Status.NEEDS_ATTENTION: Fill.STRIPES,
    Status.OFF_TRACK: Fill.BARS,
    Status.COMPLETED: Fill.DOTS,
    Status.CANCELLED: Fill.BARE,
}


def span(told: Any) -> str:
    """A quarter as the heads of columns say it."""
    return str(_("Q%(number)s %(year)s", number=(told.first_on.month + 2) // 3, year=told.first_on.year))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Projects of one status: its word, its tone, and which they are."""

    word: str
    tone: str
    projects: Sequence[Any]


def standing(told: Any) -> list[Standing]:
    """The projects of each status, those of each in the order of their codes."""
    return [
        Standing(
            word=str(projects.STATUSES[each]),
            tone=projects.TONES[each],
            projects=[row for row in sorted(told.projects, key=lambda row: str(row.code)) if row.status == each],
        )
        for each in Status
    ]


def chart(groups: Sequence[Standing]) -> Markup:
    """How many projects stand how, as one bar of all of them; the table after it says the same."""
    parts = [
        Bar(label=group.word, value=len(group.projects), shown=str(len(group.projects)), fill=fill)
        for group, fill in zip(groups, FILLS.values(), strict=True)
    ]
    count = sum(part.value for part in parts)
    everything = ngettext("%(num)s project", "%(num)s projects", count)
    return pot_bar(caption(), parts, total=Limit(value=count, shown=str(everything)), columns=2)


def caption() -> str:
    """What the bar and its table show."""
    return str(_("Projects by how they stand, as at the day of these figures"))


def stage(row: Any) -> str:
    """A project's stage."""
    return str(projects.STAGES[ProjectStage(row.stage)])


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
    return str(_("none due")) if value is None else numbers.percent(value / 100)


def answered(told: Any) -> int | None:
    """The share of a quarter's first answers that came by their day, in percent."""
    return 100 * told.asked.in_time // told.asked.answered if told.asked.answered else None


def troubled(groups: Sequence[Standing]) -> list[Any]:
    """Projects that need attention, those that are off track first."""
    by_status = dict(zip(Status, groups, strict=True))
    return [row for each in (Status.OFF_TRACK, Status.NEEDS_ATTENTION) for row in by_status[each].projects]
