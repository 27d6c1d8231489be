"""Editions about projects and quarters, made as a clerk would, and their sheets."""

from datetime import date

from app.reports import pages, queries
from app.reports.rules import Form, Period, ReportKind, period_of
from tests.reports import printing


def sheet_of(app, edition_id: int, language: str = "en", form: Form = Form.READERS):
    """What the PDF of an edition is made of, without making it."""
    with app.test_request_context(base_url=app.config["SITE_URL"]):
        return pages.sheet(queries.detail(edition_id), language, form)


def one_pager(project_id: int, **more) -> int:
    """The one page of a project, frozen."""
    return printing.publish(ReportKind.ONE_PAGER, project_id, **more)


def completion(project_id: int, **more) -> int:
    """The completion report of a project, frozen."""
    return printing.publish(ReportKind.COMPLETION, project_id, **more)


def quarter(kind: ReportKind, day: date) -> Period:
    """The quarter of a day."""
    found = period_of(kind, day)
    assert found is not None  # the kind has quarters
    return found


def register(neighborhood_id: int, day: date, **more) -> int:
    """The register of setbacks of a neighborhood for the quarter of a day, frozen."""
    return printing.publish(ReportKind.SETBACKS, neighborhood_id, period=quarter(ReportKind.SETBACKS, day), **more)


def questions_log(task_force_id: int, day: date, **more) -> int:
    """The log of questions of a task force for the quarter of a day, frozen."""
    return printing.publish(ReportKind.QUESTIONS, task_force_id, period=quarter(ReportKind.QUESTIONS, day), **more)
