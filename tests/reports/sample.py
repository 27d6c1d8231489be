"""A document of a few figures for tests of what stands around documents: desk, shelves, feed and checks."""

from contextlib import contextmanager

from flask import current_app

from app.core import jobs
from app.reports.pages import Document
from tests.reports import printing


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
