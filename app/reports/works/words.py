"""One project in sentences and drawings, made of what is frozen and of nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from app.core.charts.strips import Dated, StripWords, milestone_strip
from app.taskforces.projects import words
from app.taskforces.projects.rules import Cause, ProjectStage, Status

PLACES: Mapping[ProjectStage, int] = {
    ProjectStage.FUNDED: 0,
    ProjectStage.MOBILISING: 1,
    ProjectStage.PLANNING: 1,
    ProjectStage.PROCUREMENT: 2,
    ProjectStage.DELIVERY: 3,
    ProjectStage.HANDOVER: 3,
    ProjectStage.COMPLETED: 4,
    ProjectStage.EVALUATED: 4,
}
"""Which of the five steps a stage belongs to."""
STRIP = 480


def steps(of: SimpleNamespace) -> list[dict[str, str]]:
    """The five steps from the vote to the end: what each is called, how it stands, and its day if it has one."""
    stage = ProjectStage(of.rested_from or of.stage)
    here = PLACES.get(stage, -1)
    ends = _("expected %(day)s", day=written(of.finish_on)) if of.finish_on and here < len(PLACES) else ""
    if stage in (ProjectStage.COMPLETED, ProjectStage.EVALUATED) and of.finish_on:
        ends = written(of.finish_on)
    labels = [
        (_("Chosen by vote"), written(of.opened_on)),
        (_("Planned"), ""),
        (_("Suppliers chosen"), ""),
        (_("Carried out"), ""),
        (_("Done"), ends),
    ]
    return [{"label": label, "when": when, "stage": _standing(n, here)} for n, (label, when) in enumerate(labels)]


def standing(of: SimpleNamespace) -> SimpleNamespace:
    """The computed status: its word, its tone, and why in sentences."""
    status = Status(of.status)
    causes = " ".join(words.cause(Cause(kind), number) for kind, number in of.causes)
    return SimpleNamespace(word=words.STATUSES[status], tone=words.TONES[status], why=causes)


def chosen(vote: SimpleNamespace | None, year: int) -> Sequence[str]:
    """How the vote decided on it, in sentences; numbers of ballots below ten are not told."""
    if vote is None:
        return [_("Residents chose this project by vote in %(year)s.", year=year)]
    if vote.ranked is None or vote.ballots is None:
        said = [_("Residents chose this project in the vote of %(year)s.", year=year)]
    else:
        counted = ngettext("%(num)s ballot", "%(num)s ballots", vote.ballots)
        sentence = _(
            "Residents chose this project in the vote of %(year)s: %(ranked)s of %(ballots)s ranked it.",
            year=year,
            ranked=vote.ranked,
            ballots=counted,
        )
        said = [sentence]
    if vote.place is not None:
        said.append(
            _(
                "It was funded in round %(round)s of the count, as number %(place)s of %(funded)s funded projects;"
                " %(options)s were on the ballot.",
                round=vote.round,
                place=vote.place,
                funded=vote.funded,
                options=vote.options,
            )
        )
    return [str(each) for each in said]


def strip(rows: Iterable[SimpleNamespace], on: date) -> Markup | None:
    """The milestones along time, as they were promised and done; None without any."""
    marks = [
        Dated(
            label=row.title,
            baseline_on=row.baseline_on,
            forecast_on=row.forecast_on,
            actual_on=row.actual_on,
            earlier=tuple(date.fromisoformat(day) for day in row.before_that),
        )
        for row in rows
    ]
    if not marks:
        return None
    title = _(
        "Milestones along time: %(done)s of %(all)s done. The table beside it says the same.",
        done=sum(mark.actual_on is not None for mark in marks),
        all=len(marks),
    )
    said = StripWords(
        baseline=_("Promised"), forecast=_("Expected"), actual=_("Done"), today=_("Figures as at"), none=_("Not yet")
    )
    return milestone_strip(title, marks, today=on, words=said, write=written, width=STRIP)


def written(day: date) -> str:
    """A day in a few letters, in the language of the moment."""
    return str(format_date(day, "medium", rebase=False))


def late(days: int) -> str:
    """By how many days something came after its promise, or that it did not."""
    if days <= 0:
        return str(_("On time"))
    return str(ngettext("%(num)s day late", "%(num)s days late", days))


def _standing(number: int, here: int) -> str:
    if number < here or here == PLACES[ProjectStage.COMPLETED]:
        return "done"
    if number == here:
        return "done" if number == 0 else "current"
    return "ahead"


def pictures_of(figures: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The pictures in figures that there are."""
    return [each for each in figures["pictures"].values() if each is not None]
