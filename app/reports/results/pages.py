"""R4 as a document: the words and drawings made of its frozen figures."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from app.core.charts.tables import Table
from app.cycles import words as cycle_words
from app.cycles.rules import LeftoverRule, PublicationLevel
from app.reports.pages import Document
from app.reports.results import figures
from app.reports.results import words as told
from app.reports.results.figures import ResultsReport
from app.reports.results.transfers.pages import transfers
from app.reports.rules import shortened
from app.voting.board.words import PARTS
from app.voting.paper.rules import Sum
from app.voting.paper.words import Missing, what_is_missing
from app.voting.results import words
from app.voting.results.words import Shown

LABEL = 60
"""How long a title in a drawing is; the tables have them in full."""


def facts(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What the template is given beside the edition: the report, its words and its drawings."""
    report = figures.read(snapshot)
    return {
        "report": report,
        "shown": _drawings(report),
        "people": words.people,
        "rule_name": cycle_words.rule_name(report.facts.rule),
        "leftover": cycle_words.LEFTOVERS[LeftoverRule(report.cycle.leftover_rule)],
        "missing_paper": [_missing(each) for each in report.vote.missing_paper],
        "near": told.near(report),
        "decided_in": told.decided_in(report),
        "set_aside": told.set_aside(report),
        "log": told.log(report),
        "account": told.account(report),
        "age": told.age,
        "parts": PARTS,
        "level": cycle_words.LEVELS[PublicationLevel(report.cycle.publication_level)],
    }


def _missing(each: Mapping[str, Any]) -> Missing:
    said = what_is_missing(Sum(each["sum"]), each["missing"], box=each["box"], reason=each["reason"])
    return Missing(said=said, names=tuple(each["names"]))


def _drawings(report: ResultsReport) -> dict[str, Any]:
    titles = {number: option.title for number, option in report.options.items()}
    short = {number: shortened(title, LABEL) for number, title in titles.items()}
    currency = report.cycle.currency
    return {
        "pot": words.pot(report.facts, report.cycle.currency),
        "steps": _on_paper(words.steps(report.facts, short), words.steps(report.facts, titles)),
        "payments": _on_paper(
            words.payments(report.facts, short, currency), words.payments(report.facts, titles, currency)
        ),
        "runoffs": [
            (each, told.parted(told.runoff_table(runoff, titles)), transfers(runoff, titles))
            for each, runoff in zip(words.runoffs(report.facts, short), report.facts.runoffs, strict=True)
        ],
    }


def _on_paper(drawn: Shown | None, whole: Shown | None) -> tuple[Shown, list[Table]] | None:
    """A drawing, with the whole table in parts that fit a sheet."""
    return None if drawn is None or whole is None else (drawn, told.parted(whole.table, most=told.CHOICES))


def tables(snapshot: Mapping[str, Any]) -> dict[str, bytes]:
    """The report's tables as CSV files, from the same figures, in the language of the moment."""
    return told.tables(figures.read(snapshot))


TEXTS = ("options.title counts.reason objections.text objections.answer missing_paper.reason").split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=lambda line: figures.results(line.subject_id),
    title=lambda snapshot: _("Results and budget %(year)s", year=snapshot["cycle"]["year"]),
    facts=facts,
    template="reports/results/_body.html",
    tables=tables,
    texts=TEXTS,
)
