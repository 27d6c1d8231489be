"""R9 as a document: its sentences and drawings, what blocks it, and its tables as files."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.tables import records
from app.reports.completion.figures import READY, figures
from app.reports.pages import Block, Document, Figures
from app.reports.rules import Form, Line, told
from app.reports.works import figures as works
from app.reports.works import words
from app.taskforces.projects import queries as projects
from app.taskforces.projects import words as project_words
from app.taskforces.projects.closing import queries as closing
from app.taskforces.projects.closing import words as closing_words
from app.taskforces.projects.confirming import words as confirming_words
from app.taskforces.projects.partners.words import ROLES
from app.taskforces.projects.promises.words import REASONS
from app.taskforces.projects.rules import FINISHED, Status
from app.taskforces.seats.words import SIDES
from app.taskforces.setbacks import words as setback_words
from app.taskforces.spending.words import KINDS


def facts(snapshot: Figures) -> dict[str, Any]:
    """What the template is given: the report, its sentences, its drawing and the words of its codes."""
    report = told(snapshot)
    return {
        "report": report,
        "standing": _standing(report),
        "chosen": words.chosen(report.vote, report.project.year),
        "strip": words.strip(report.milestones, report.project.told_on),
        "written": words.written,
        "late": words.late,
        "moved_days": _together(report.changes),
        "first": report.promises[0] if report.promises else None,
        "committed_cents": sum(row.amount_cents for row in report.commitments),
        "paid_cents": sum(row.spent_cents for row in report.commitments),
        "entry_words": KINDS,
        "reason_words": REASONS,
        "role_words": ROLES,
        "side_words": SIDES,
        "setback_words": setback_words,
        "closing_words": closing_words,
        "confirming_words": confirming_words,
    }


def _standing(report: SimpleNamespace) -> SimpleNamespace:
    """How the project stands once the report can be read: what both signed is completed with it."""
    done = report.completion
    if done.completed_on or not getattr(done, "signed_on", None):
        return words.standing(report.project)
    return SimpleNamespace(word=_("Completed with this report"), tone=project_words.TONES[Status.COMPLETED])


def _together(changes: Sequence[Any]) -> list[list[Any]]:
    """Days that moved for the same reason in the same words, told once."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in changes:
        found.setdefault((row.reason, row.explanation), []).append(row)
    return list(found.values())


def blocks(line: Line) -> Sequence[Block]:
    """The report is not final before both sides have signed that the project does what was promised.

    They sign once every milestone is verified by the other side. Its publication completes the project.
    """
    card = projects.project(line.subject_id)
    page = f"/projects/{card.id}"  # the clock asks, too, and it has no request to make addresses from
    if card.stage not in READY:
        return (Block(said=str(_("The completion report is made once the project is handed over.")), url=page),)
    if not card.open_milestones:
        return () if card.stage in FINISHED or closing.signed([card.id]) else (Block(said=_to_sign(), url=page),)
    said = ngettext(
        "%(num)s milestone is not verified by the other side yet.",
        "%(num)s milestones are not verified by the other side yet.",
        card.open_milestones,
    )
    return (Block(said=str(said), rule=20, url=page),)


def _to_sign() -> str:
    return str(_("Not both sides have signed yet that it does what was promised. The report tells what they sign."))


def tables(snapshot: Figures) -> dict[str, bytes]:
    """The milestones and the costs as CSV, from the same figures."""
    milestones = ("title", "first_on", "baseline_on", "actual_on", "days_late")
    costs = ("code", "counterparty", "purpose", "amount_cents", "spent_cents")
    return {
        "milestones.csv": records(milestones, snapshot["milestones"]),
        "costs.csv": records(costs, snapshot["commitments"]),
    }


TEXTS = (
    "project.title project.scope project.scope_now project.need project.place main.words before.words after.words "
    "milestones.title dropped.title dropped.reason changes.title changes.explanation promises.reason "
    "promises.scope verified.title verified.done_means verified.evidence files.words commitments.purpose "
    "setbacks.title setbacks.milestone setbacks.cause setbacks.effect setbacks.measured snags.what "
    "snags.fixed_how checks.found"
).split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures,
    title=lambda snapshot: str(_("Completion report: %(project)s", project=snapshot["project"]["title"])),
    facts=facts,
    template="reports/completion/_body.html",
    blocks=blocks,
    tables=tables,
    pictures=lambda snapshot: works.content(words.pictures_of(snapshot)),
    texts=TEXTS,
    stylesheet="css/report-completion.css",
    pages=lambda form: 0 if form is Form.LARGE else 4,
)
