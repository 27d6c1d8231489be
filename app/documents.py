"""The printed documents: for each kind of report what is frozen, and the page and the PDF made of it."""

from collections.abc import Mapping

from app.reports.agenda import pages as agenda
from app.reports.annual import pages as annual
from app.reports.booklet import pages as booklet
from app.reports.completion import pages as completion
from app.reports.delivery import pages as delivery
from app.reports.letters import pages as letters
from app.reports.minutes import pages as minutes
from app.reports.one_pager import pages as one_pager
from app.reports.pages import Document
from app.reports.paper_ballot import pages as paper_ballot
from app.reports.progress import pages as progress
from app.reports.questions import pages as questions
from app.reports.reconciliation import pages as reconciliation
from app.reports.results import pages as results
from app.reports.rules import ReportKind
from app.reports.setbacks import pages as setbacks

DOCUMENTS: Mapping[ReportKind, Document] = {
    ReportKind.PROGRESS: progress.DOCUMENT,
    ReportKind.ANNUAL: annual.DOCUMENT,
    ReportKind.DELIVERY: delivery.DOCUMENT,
    ReportKind.RECONCILIATION: reconciliation.DOCUMENT,
    ReportKind.COMPLETION: completion.DOCUMENT,
    ReportKind.ONE_PAGER: one_pager.DOCUMENT,
    ReportKind.QUESTIONS: questions.DOCUMENT,
    ReportKind.BOOKLET: booklet.DOCUMENT,
    ReportKind.PAPER_BALLOT: paper_ballot.DOCUMENT,
    ReportKind.LETTER: letters.DOCUMENT,
    ReportKind.AGENDA: agenda.DOCUMENT,
    ReportKind.MINUTES: minutes.DOCUMENT,
    ReportKind.RESULTS: results.DOCUMENT,
    ReportKind.SETBACKS: setbacks.DOCUMENT,
}
"""Kinds that are not here cannot be published yet."""
