"""R7 as a document: the words, drawings and tables made of its frozen figures, and what keeps it from being final."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import has_request_context, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import files
from app.core.clock import today
from app.core.errors import NotFound
from app.core.tables import records, sheet
from app.proposals.attachments.queries import Part
from app.reports import words as report_words
from app.reports.pages import Block, Document
from app.reports.progress import figures, words
from app.reports.progress.promises import queries as promises
from app.reports.progress.promises import words as promise_words
from app.reports.progress.works import queries as works
from app.reports.progress.works.queries import MilestoneLine, ProjectLine
from app.reports.rules import Line, Period, ReportKind, told
from app.taskforces import queries as bodies
from app.taskforces.interests import words as interest_words
from app.taskforces.meetings import words as meeting_words
from app.taskforces.projects import queries as projects
from app.taskforces.projects import words as project_words
from app.taskforces.projects.promises import words as milestone_words
from app.taskforces.questions import words as question_words
from app.taskforces.rules import BodyStage
from app.taskforces.seats import words as seat_words
from app.taskforces.setbacks import words as setback_words
from app.taskforces.signing import words as signing_words
from app.taskforces.spending import words as spending_words
from app.taskforces.spending.rules import Balance
from app.taskforces.updates.pictures import queries as pictures

MONEY = "given changed allocated committed left quarter spent expected over".split()
MILESTONE = "title lead baseline_on before_on forecast_on actual_on days_late timing".split()
SETBACK = "code project_code source severity stage found_on due_on days_over resolved_on".split()
QUESTION = "code about asked_on due_on answered_on stage days_over".split()


def title(figures_: Mapping[str, Any]) -> str:
    """The full title of a quarter's report."""
    report = told(figures_)
    return str(_("Progress report, %(quarter)s", quarter=_quarter(report.first_on, report.last_on)))


def facts(figures_: Mapping[str, Any]) -> dict[str, Any]:
    """What the template gets beside the edition: the report, its drawings, and the words of the rooms it tells of."""
    report = told(figures_)
    shown = [row for row in report.projects if row.is_told]
    return {
        "report": report,
        "shown": shown,
        "strips": {row.id: milestone_words.strip(row.milestones, report.as_at_on) for row in shown},
        "bars": {
            row.id: spending_words.money_bar(_balance(row), report.currency) for row in shown if row.allocated_cents
        },
        "next_quarter": _quarter(report.next_first_on, report.next_first_on),
        "ended": [row for row in report.projects if not row.is_told],
        "milestones": words.behind(report),
        "answers": words.on_time(report.questions, report.first_on, report.last_on),
        "say": words,
        "named": _NAMED,
    }


def blocks(line: Line) -> Sequence[Block]:
    """What must be put right before the report is final: silence about what is late, and promises without an answer."""
    body = bodies.task_force_of(line.subject_id)
    assert line.period is not None  # a progress report tells of a quarter
    if body.stage is BodyStage.PROPOSED:
        return [_not_begun(body.slug)]
    on = today(body.time_zone)
    cards = projects.of_task_forces(body.id)
    late = [
        (project, row)
        for project in works.projects(cards, line.period, on)
        for row in project.milestones
        if not row.is_explained
    ]
    found = [_unexplained(project, row) for project, row in late if row.is_critical]
    if late and not found and not works.told_setbacks(body.id, [card.id for card in cards], line.period, on):
        found.append(_silent(len(late), body.slug))
    unmarked = promises.quarter(body.id, line.period).unmarked
    if unmarked:
        found.append(_unmarked(unmarked, body.slug, line.period))
    return found


def tables(figures_: Mapping[str, Any]) -> dict[str, bytes]:
    """The tables as CSV: money with its sum, milestones, setbacks, questions and promises."""
    money = figures_["money"]
    rows = [[row["code"], row["title"], *_cents(row)] for row in money["rows"]]
    rows.append(["total", "", *_cents(money["total"])])
    milestones = [
        [project["code"], *(row[name] for name in MILESTONE)]
        for project in figures_["projects"]
        for row in project["milestones"]
    ]
    promised = [[row["project_code"], row["text"], row["kept"], row["line"]] for row in figures_["promised"]]
    return {
        "money.csv": sheet(["project", "title", *(f"{name}_cents" for name in MONEY)], rows),
        "milestones.csv": sheet(["project", *MILESTONE], milestones),
        "setbacks.csv": records(SETBACK, figures_["setbacks"]),
        "questions.csv": records(QUESTION, figures_["questions"]),
        "promises.csv": sheet(["project", "text", "kept", "line"], promised),
    }


def shown_pictures(figures_: Mapping[str, Any]) -> dict[str, bytes]:
    """The pictures of the report by their names; MissingFile where one was taken down since."""
    return {
        each["file"]: _content(each["project_id"], each["id"])
        for project in figures_["projects"]
        if project["is_told"]
        for each in project["pictures"]
    }


def _content(project_id: int, picture_id: int) -> bytes:
    try:
        return pictures.served(pictures.one(project_id, picture_id), Part.FULL).content
    except NotFound as reason:
        raise files.MissingFile(f"picture {picture_id}") from reason


def _quarter(first_on: date, last_on: date) -> str:
    return report_words.named(ReportKind.PROGRESS, Period(first_on=first_on, last_on=last_on))


def _balance(row: SimpleNamespace) -> Balance:
    return Balance(
        allocated_cents=row.allocated_cents, committed_cents=row.committed_cents, spent_cents=row.spent_cents
    )


def _unexplained(project: ProjectLine, row: MilestoneLine) -> Block:
    said = _(
        "%(project)s: “%(milestone)s” is late, and no setback or new date says why.",
        project=project.code,
        milestone=row.title,
    )
    return Block(
        said=said,
        rule=24,
        url=_at("projects.show", project_id=project.id),
    )


def _not_begun(slug: str) -> Block:
    said = str(_("This task force is only proposed: it has nothing to report yet, and nobody who could sign."))
    return Block(said=said, url=_at("taskforces.show", slug=slug))


def _silent(late: int, slug: str) -> Block:
    said = ngettext(
        "No setbacks are reported, but %(num)s milestone is late and nobody has said why.",
        "No setbacks are reported, but %(num)s milestones are late and nobody has said why.",
        late,
    )
    return Block(said=said, rule=24, url=_at("taskforces.show", slug=slug))


def _unmarked(count: int, slug: str, period: Period) -> Block:
    said = ngettext(
        "%(num)s promise for this quarter has no answer yet: kept, in part, or not.",
        "%(num)s promises for this quarter have no answer yet: kept, in part, or not.",
        count,
    )
    return Block(said=said, rule=25, url=_at("quarter_promises.show", slug=slug, first=period.first_on))


def _at(endpoint: str, **where: Any) -> str | None:
    """An address; None where nobody is looking at a page, such as when a clock asks."""
    return url_for(endpoint, **where) if has_request_context() else None


def _cents(row: Mapping[str, Any]) -> list[Any]:
    return [row[f"{name}_cents"] for name in MONEY]


_NAMED = {
    "statuses": project_words.STATUSES,
    "status_tones": project_words.TONES,
    "stages": project_words.STAGES,
    "timings": milestone_words.TIMINGS,
    "setback_stages": setback_words.STAGES,
    "setback_due": setback_words.DUE,
    "severities": setback_words.SEVERITIES,
    "actions": setback_words.ACTION_STAGES,
    "question_stages": question_words.STAGES,
    "verdicts": question_words.VERDICTS,
    "declined": question_words.DECLINED,
    "meeting_stages": meeting_words.STAGES,
    "seats": seat_words.KINDS,
    "sides": seat_words.SIDES,
    "effects": interest_words.EFFECTS,
    "matters": signing_words.MATTERS,
    "entries": spending_words.KINDS,
    "kept": promise_words.KEPT,
    "kept_tones": promise_words.TONES,
}
"""What the values in the figures are called, by the rooms they come from."""

TEXTS = (
    "projects.title pause.reason versions.what_changed versions.why versions.what_next pictures.words milestones.title "
    "reason.explanation money.rows.title setbacks.title setbacks.milestone setbacks.description setbacks.effect "
    "setbacks.cause setbacks.accepted_because actions.step questions.words@ questions.declined_words "
    "answers.plain meetings.title interests.text asked_of_council.reason promised.text promised.line "
    "following.text"
).split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures.figures,
    title=title,
    template="reports/progress/_body.html",
    facts=facts,
    blocks=blocks,
    tables=tables,
    pictures=shown_pictures,
    is_signed=True,
    texts=TEXTS,
)
