"""What reports, their stages and their times are called."""

from collections.abc import Mapping

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.printing.press import Fault
from app.reports.rules import NATURES, EditionStage, Form, Line, Period, ReportKind, Span

KINDS: Mapping[ReportKind, LazyString] = {
    ReportKind.AGENDA: _l("Notice and agenda"),
    ReportKind.ANNUAL: _l("Annual budget report"),
    ReportKind.BOOKLET: _l("Ballot booklet"),
    ReportKind.COMPLETION: _l("Completion report"),
    ReportKind.DELIVERY: _l("Delivery at a glance"),
    ReportKind.LETTER: _l("Decision letter"),
    ReportKind.MINUTES: _l("Minutes, decisions and actions"),
    ReportKind.ONE_PAGER: _l("Project on one page"),
    ReportKind.PAPER_BALLOT: _l("Paper ballot and count pack"),
    ReportKind.PROGRESS: _l("Progress report"),
    ReportKind.QUESTIONS: _l("Questions and answers"),
    ReportKind.RECONCILIATION: _l("Reconciliation certificate"),
    ReportKind.RESULTS: _l("Results and budget"),
    ReportKind.SETBACKS: _l("Register of setbacks"),
}
STAGES: Mapping[EditionStage, LazyString] = {
    EditionStage.SIGNING: _l("Draft, waiting for signatures"),
    EditionStage.RENDERING: _l("Being made"),
    EditionStage.PUBLISHED: _l("Published"),
    EditionStage.FAILED: _l("Could not be made"),
    EditionStage.WITHDRAWN: _l("Withdrawn"),
    EditionStage.DROPPED: _l("Given up"),
}
TONES: Mapping[EditionStage, str] = {
    EditionStage.SIGNING: "waiting",
    EditionStage.RENDERING: "waiting",
    EditionStage.PUBLISHED: "good",
    EditionStage.FAILED: "bad",
    EditionStage.WITHDRAWN: "bad",
    EditionStage.DROPPED: "quiet",
}
FORMS: Mapping[Form, LazyString] = {
    Form.READERS: _l("PDF"),
    Form.LARGE: _l("PDF in large print"),
    Form.ARCHIVE: _l("PDF for the archive, with the data inside"),
    Form.DRAFT: _l("Draft as PDF"),
    Form.SHEETS: _l("PDF to print on both sides, fold and staple"),
    Form.BOTH: _l("PDF to print and fold, two languages back to back"),
    Form.TEXT: _l("Plain text"),
}
FAULTS: Mapping[str, LazyString] = {
    Fault.MEMORY: _l("The document needed more memory than one may take. Fewer rows or smaller pictures help."),
    Fault.TIME: _l("The document took longer than one may take. Fewer rows or smaller pictures help."),
    Fault.ENDED: _l("The process that makes PDFs ended. Try again."),
    Fault.FAILED: _l("The PDF could not be made; the error is in the site’s log."),
    "address": _l("The document asked for a file that is not one of ours. Nothing was fetched."),
    "picture": _l("A picture of this report is gone from the site’s files. Put it back, or give this edition up."),
    "font": _l("This machine has no font for one of the languages. Whoever looks after it can add one."),
    "disk": _l("There was no room on the disk, or it could not be written. Once there is, try again."),
}
"""By what is noted in `edition.fault`."""


FROZEN = _l("The figures are frozen. The PDFs are being made and will be here in a moment.")
FROZEN_TO_SIGN = _l("The figures are frozen, and both co-chairs are asked to sign them. Until then this is a draft.")


def full_name(line: Line, subject: str) -> str:
    """A report in a list: what it tells, of what, and of which time."""
    period = named(line.kind, line.period)
    name = str(_("%(report)s: %(subject)s", report=KINDS[line.kind], subject=subject))
    return str(_("%(name)s, %(period)s", name=name, period=period)) if period else name


def form_name(kind: ReportKind, form: Form) -> str:
    """What a file is called in a list: a project's one page in large print is the poster for its site."""
    if kind is ReportKind.ONE_PAGER and form is Form.LARGE:
        return str(_("Poster, A3, in large print"))
    return str(FORMS[form])


def named(kind: ReportKind, period: Period | None) -> str:
    """A period as readers say it: 2026, September 2026, or the third quarter of 2026; nothing where there is none."""
    if period is None:
        return ""
    first = period.first_on
    if NATURES[kind].span is Span.QUARTER:
        return str(_("quarter %(number)s of %(year)s", number=(first.month + 2) // 3, year=first.year))
    if NATURES[kind].span is Span.YEAR:
        return str(first.year)
    return str(format_date(first, "LLLL y", rebase=False))


def name_of(line: Line) -> str:
    """A report where its subject is plain: what it tells, and of which time."""
    period = named(line.kind, line.period)
    return str(_("%(name)s, %(period)s", name=KINDS[line.kind], period=period)) if period else str(KINDS[line.kind])
