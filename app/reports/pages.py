"""From an edition's frozen facts to the HTML that the PDF is made of, and that its page on the site shows."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from app.core.charts.qr import qr
from app.cycles import words as cycle_words
from app.cycles.rules import LeftoverRule, PublicationLevel
from app.reports import figures, queries
from app.reports.figures import ResultsReport
from app.reports.queries import EditionDetail
from app.voting.paper.rules import Sum
from app.voting.paper.words import Missing, what_is_missing
from app.voting.results import words


def document(edition_id: int) -> str:
    """The whole document of an edition in its language, ready for the PDF. Needs a request context for addresses."""
    edition = queries.detail(edition_id)
    with force_locale(edition.row.language):
        address = current_app.config["SITE_URL"] + url_for("reports.show", edition_id=edition.row.id)
        return render_template(
            "reports/document.html",
            direction=get_locale().text_direction,
            address=address,
            code=qr(address, title=_("QR code of %(address)s", address=address)),
            **facts(edition),
        )


def facts(edition: EditionDetail) -> dict[str, Any]:
    """What the templates of a report are given: its row, its frozen figures, the words and drawings made of them."""
    report = figures.read(edition.snapshot)
    return {
        "edition": edition.row,
        "report": report,
        "title": _("Results and budget %(year)s", year=report.cycle.year),
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
