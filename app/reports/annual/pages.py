"""R6 as a document: its words and drawings, what blocks it, and its tables as files."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core.clock import today
from app.core.tables import records
from app.cycles import words as cycle_words
from app.reports import queries as reports
from app.reports.annual import words
from app.reports.annual.figures import figures
from app.reports.annual.measures import words as measure_words
from app.reports.annual.watched import words as watched_words
from app.reports.pages import Block, Document, Figures
from app.reports.reconciliation import words as certificates
from app.reports.reconciliation.pages import tables_of
from app.reports.rules import Line, plain, told
from app.taskforces.seats.words import SIDES

MOST_AGAIN = 300
"""Projects whose costs and days are told, too; all of them stand in the table of their money and in the file."""


def title(snapshot: Figures) -> str:
    """The name of the report with its year."""
    return str(_("Budget report %(year)s", year=snapshot["year"]))


def facts(snapshot: Figures) -> Mapping[str, Any]:
    """What the template is given beside the edition."""
    report = told(plain(snapshot))
    categories = words.groups(report.projects, lambda row: row.category)
    return {
        "report": report,
        "most_again": MOST_AGAIN,
        "words_of": words,
        "measure_words": measure_words,
        "watched_words": watched_words,
        "side_words": SIDES,
        "sections": words.sections(),
        "rule_name": cycle_words.rule_name,
        "pot": words.pot(report),
        "categories": categories,
        "areas": words.groups(report.projects, lambda row: row.area),
        "years": words.groups(report.projects, lambda row: f"{row.cycle_year} · {row.cycle}"),
        "everything": words.added(str(_("All projects")), report.projects),
        "category_bars": words.by_category(report, categories) if categories else "",
        "checks": words.checks(report),
        "certificates": [certificates.certificate(each) for each in report.certificates],
    }


def blocks(line: Line) -> Sequence[Block]:
    """The year must be over."""
    assert line.period is not None  # the engine asks for a year
    if line.period.last_on >= today(reports.subject_of(line).time_zone):
        return [Block(said=str(_("This year is not over yet.")))]
    return []


PROJECT_COLUMNS = (
    "code title cycle category area task_force given_cents moved_cents allocated_cents committed_cents spent_cents"
    " left_cents expected_cents variance_cents variance_text stage status promised_on finish_on reason reason_text"
).split()
MOVE_COLUMNS = "moved_on kind giver taker amount_cents why council".split()
PROMISE_COLUMNS = "code project counterparty promised_cents paid_cents left_cents".split()
WHEN, PARTS = ("year", "before"), ("number", "whole", "why")
MEASURE_COLUMNS = ["measure", *(f"{when}_{part}" for when in WHEN for part in PARTS)]
READING_COLUMNS = (
    "indicator title version first_on last_on hundredths unit n numerator denominator silence is_provisional number"
    " stands entered_on note"
).split()
SETBACK_COLUMNS = "code title project task_force severity stage found_on resolved_on effect_days effect_cents".split()


def tables(snapshot: Figures) -> dict[str, bytes]:
    """The report's tables as files, the certificate of each cycle among them."""
    report = plain(snapshot)
    files = {
        "projects.csv": records(PROJECT_COLUMNS, report["projects"]),
        "moves.csv": records(MOVE_COLUMNS, report["moves"]),
        "contracts.csv": records(PROMISE_COLUMNS, report["promises"]),
        "setbacks.csv": records(SETBACK_COLUMNS, report["setbacks"]),
    }
    if "measures" in report:  # editions from before have none
        files["measures.csv"] = records(MEASURE_COLUMNS, _measured(report["measures"]))
    if "indicators" in report:
        files["indicators.csv"] = records(READING_COLUMNS, watched_words.readings_of(report["indicators"]))
    for number, each in enumerate(report["certificates"], start=1):
        files |= tables_of(each, prefix=f"cycle-{number}-")
    return files


TEXTS = (
    "foreword.text projects.title projects.variance_text projects.reason_text moves.giver moves.taker moves.why "
    "promises.project running.title closed.title closed.why closed.promised closed.changed setbacks.title "
    "setbacks.milestone setbacks.project setbacks.effect indicators.title indicators.formula indicators.source "
    "indicators.readings.note certificates.projects.title "
    "certificates.differences.explanation"
).split()
"""What people wrote in it, which another language needs a translation of."""


def _measured(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One line for each measure: the year and the one before."""
    return [
        {"measure": row["measure"]}
        | {f"{when}_{part}": each[part] for when, each in zip(WHEN, row["values"], strict=True) for part in PARTS}
        for row in rows
    ]


DOCUMENT = Document(
    figures=figures,
    title=title,
    facts=facts,
    blocks=blocks,
    tables=tables,
    template="reports/annual/_body.html",
    texts=TEXTS,
)
