"""Reports published as a clerk would, and their files read back."""

import subprocess

from app.core import files, jobs
from app.core.access import Actor, Role
from app.reports import queries, services
from app.reports.rules import Form, Line, Period, ReportKind
from app.reports.services import Publish
from tests import make


def publish(kind, subject_id, *, by: Actor | None = None, languages=("en",), period: Period | None = None, note=""):
    """The id of the next edition, frozen; its files are not made yet."""
    command = Publish(kind=kind, subject_id=subject_id, period=period, languages=languages, note=note)
    return services.publish(command, by=by or make.actor(Role.CLERK))


def results(cycle_id: int, **more) -> int:
    """The results report of a cycle."""
    return publish(ReportKind.RESULTS, cycle_id, **more)


def of_cycle(cycle_id: int):
    """The editions of a cycle's results report, newest first."""
    return queries.of_line(Line(kind=ReportKind.RESULTS, subject_id=cycle_id))


def made(edition_id: int):
    """The edition once the worker has made its files."""
    jobs.run_waiting()
    return queries.detail(edition_id)


def pdf_of(edition_id: int, language: str = "en", form: Form = Form.READERS) -> bytes:
    """The bytes of one of its files."""
    return files.load(queries.file_of(edition_id, language, form).file_hash)


def structure_of(pdf: bytes) -> str:
    """The tags of a PDF."""
    command = ["pdfinfo", "-struct", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def text_of(pdf: bytes) -> str:
    """What the PDF says, with single spaces."""
    command = ["pdftotext", "-layout", "-", "-"]
    return " ".join(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode().split())
