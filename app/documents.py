"""The printed documents: for each kind of report what is frozen, and the page and the PDF made of it."""

from collections.abc import Mapping

from app.reports.agenda import pages as agenda
from app.reports.minutes import pages as minutes
from app.reports.pages import Document
from app.reports.results import pages as results
from app.reports.rules import ReportKind

DOCUMENTS: Mapping[ReportKind, Document] = {
    ReportKind.AGENDA: agenda.DOCUMENT,
    ReportKind.MINUTES: minutes.DOCUMENT,
    ReportKind.RESULTS: results.DOCUMENT,
}
"""Kinds that are not here cannot be published yet."""
