"""Keeping a document: what is kept is made anew from what was sent, under its own hash, and never deleted."""

from dataclasses import dataclass
from typing import BinaryIO

from app.core import files
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.events import publish
from app.core.media import documents
from app.proposals.attachments.words import said_at_file
from app.taskforces.spending.documents.events import SpendingDocumentKept
from app.taskforces.spending.models import SpendingDocument


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A PDF as it was sent, what it is, and whether everybody may open it."""

    file: BinaryIO
    title: str
    is_public: bool


@dataclass(frozen=True, kw_only=True)
class Made:
    """The PDF as we have written it anew, stored under its hash."""

    digest: str
    pages: int
    title: str
    is_public: bool


def made(paper: Paper) -> Made:
    """Write the PDF anew and store it, before any transaction begins; refused at the field `file`.

    A file whose row never comes is found by nobody: files are only served by their row.
    """
    with said_at_file():
        written = documents.rewritten(paper.file, title=paper.title)
    return Made(digest=files.store(written.content), pages=written.pages, title=paper.title, is_public=paper.is_public)


def keep(project_id: int, paper: Made, *, by: Actor) -> int:
    """Write down that a project has this document; joins the transaction of what stands on it. Returns its id."""
    with transaction():
        row = SpendingDocument(
            project_id=project_id,
            title=paper.title,
            digest=paper.digest,
            pages=paper.pages,
            is_public=paper.is_public,
            added_by_id=by.id,
            added_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            SpendingDocumentKept(
                actor_id=by.id,
                project_id=project_id,
                document_id=row.id,
                digest=paper.digest,
                is_public=paper.is_public,
            )
        )
    return row.id
