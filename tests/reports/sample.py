"""A document of a few figures for tests of what stands around documents: desk, shelves, feed and checks."""

from contextlib import contextmanager
from datetime import date, timedelta

from flask import current_app

from app.core import jobs
from app.core.clock import today
from app.reports.pages import Document
from app.reports.rules import Period, ReportKind, period_before, period_of
from app.reports.words import named
from tests.reports import printing


def _ended(quarters: int) -> Period:
    period = period_of(ReportKind.PROGRESS, today())
    for _each in range(quarters):
        assert period is not None
        period = period_before(ReportKind.PROGRESS, period)
    assert period is not None
    return period


LAST, QUARTER = _ended(1), _ended(2)
"""The quarter that ended last, and the one before it, whose reports are overdue by now."""
YEAR = QUARTER.first_on.year


def called() -> str:
    """What that quarter is called on a page."""
    return named(ReportKind.PROGRESS, QUARTER)


def document(**more) -> Document:
    """One that says nothing but its own name."""
    facts = {
        "figures": lambda line: {"said": f"figures of {line.key}"},
        "title": lambda figures: f"A report with {figures['said']}",
        "template": "reports/_signatures.html",
    }
    return Document(**facts | more)


@contextmanager
def published_kinds(*kinds, **more):
    """Only these kinds of report can be published, all as the sample."""
    before = current_app.extensions["documents"]
    current_app.extensions["documents"] = {kind: document(**more) for kind in kinds}
    try:
        yield
    finally:
        current_app.extensions["documents"] = before


def out(kind, subject_id, **more) -> int:
    """The id of an edition that is public; the press must have been replaced."""
    edition_id = printing.publish(kind, subject_id, **more)
    jobs.run_waiting()
    return edition_id


def after(days: int) -> date:
    """The day so many days from today."""
    return today() + timedelta(days=days)
