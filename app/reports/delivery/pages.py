"""R13 as a document: the delivery block of the quarterly dashboard."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.clock import today
from app.core.tables import records, sheet
from app.reports import queries as reports
from app.reports.annual import words as years
from app.reports.delivery import words
from app.reports.delivery.figures import figures
from app.reports.pages import Block, Document, Figures
from app.reports.rules import Form, Line, plain, told


def title(snapshot: Figures) -> str:
    """The name of the block with its quarter."""
    first = told(plain(snapshot)).first_on
    return str(_("Delivery, quarter %(number)s of %(year)s", number=(first.month + 2) // 3, year=first.year))


def facts(snapshot: Figures) -> Mapping[str, Any]:
    """What the template is given beside the edition."""
    report = told(plain(snapshot))
    groups = words.standing(report)
    return {
        "report": report,
        "words_of": words,
        "setback_words": years,
        "now": report.spans[0],
        "groups": groups,
        "chart": words.chart(groups),
        "troubled": words.troubled(groups),
    }


def blocks(line: Line) -> Sequence[Block]:
    """The quarter must be over."""
    assert line.period is not None  # the engine asks for a quarter
    if line.period.last_on >= today(reports.subject_of(line).time_zone):
        return [Block(said=str(_("This quarter is not over yet.")))]
    return []


PROJECT_COLUMNS = "code title task_force stage status promised_on finish_on".split()
MILESTONE_COLUMNS = "project title baseline_on forecast_on actual_on timing days_late".split()
MONEY_COLUMNS = "given_cents moved_cents allocated_cents committed_cents spent_cents left_cents returned_cents".split()


def tables(snapshot: Figures) -> dict[str, bytes]:
    """The block's tables as files."""
    report = plain(snapshot)
    money = [
        [span["first_on"], part, *(span[part][name] for name in MONEY_COLUMNS)]
        for span in report["spans"]
        for part in ("within", "after")
    ]
    return {
        "projects.csv": records(PROJECT_COLUMNS, report["projects"]),
        "milestones.csv": records(MILESTONE_COLUMNS, report["milestones"]),
        "money.csv": sheet(["quarter_from", "part", *MONEY_COLUMNS], money),
    }


TEXTS = (
    "projects.title milestones.project milestones.title setbacks.title setbacks.milestone setbacks.project "
    "setbacks.effect"
).split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures,
    title=title,
    facts=facts,
    blocks=blocks,
    tables=tables,
    template="reports/delivery/_body.html",
    texts=TEXTS,
    stylesheet="css/report-delivery.css",
    pages=lambda form: 0 if form is Form.LARGE else 2,
)
