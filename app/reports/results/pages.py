"""R4 as a document: the words and drawings made of its frozen figures."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from app.cycles import words as cycle_words
from app.cycles.rules import LeftoverRule, PublicationLevel
from app.reports.pages import Document
from app.reports.results import figures
from app.reports.results.figures import ResultsReport
from app.voting.paper.rules import Sum
from app.voting.paper.words import Missing, what_is_missing
from app.voting.results import words


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
        "level": cycle_words.LEVELS[PublicationLevel(report.cycle.publication_level)],
    }


def _missing(each: Mapping[str, Any]) -> Missing:
    said = what_is_missing(Sum(each["sum"]), each["missing"], box=each["box"], reason=each["reason"])
    return Missing(said=said, names=tuple(each["names"]))


def _drawings(report: ResultsReport) -> dict[str, Any]:
    titles = {number: option.title for number, option in report.options.items()}
    return {
        "pot": words.pot(report.facts, report.cycle.currency),
        "steps": words.steps(report.facts, titles),
        "payments": words.payments(report.facts, titles, report.cycle.currency),
        "runoffs": words.runoffs(report.facts, titles),
    }


DOCUMENT = Document(
    figures=lambda line: figures.results(line.subject_id),
    title=lambda snapshot: _("Results and budget %(year)s", year=snapshot["cycle"]["year"]),
    facts=facts,
    template="reports/results/_body.html",
)
