"""From an edition's frozen facts to the HTML that the PDF is made of, and that its page on the site shows."""

from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import force_locale, get_locale

from app.reports import queries
from app.reports.queries import EditionDetail


def document(edition_id: int) -> str:
    """The whole document of an edition in its language, ready for the PDF. Needs a request context for addresses."""
    edition = queries.detail(edition_id)
    with force_locale(edition.row.language):
        direction = get_locale().text_direction
        return render_template("reports/document.html", direction=direction, **facts(edition))


def facts(edition: EditionDetail) -> dict[str, Any]:
    """What the templates of a report are given: the edition's row, its frozen facts, and its address on paper."""
    address = current_app.config["SITE_URL"] + url_for("reports.show", edition_id=edition.row.id)
    return {"edition": edition.row, "facts": edition.snapshot, "address": address}
