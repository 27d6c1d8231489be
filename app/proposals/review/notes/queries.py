"""Reading internal notes; only rooms of officers ask."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.paging import Page, page_of
from app.proposals.review.notes.models import InternalNote

PAGE_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class NoteFacts:
    """An internal note with who wrote it when."""

    text: str
    officer: str
    written_at: datetime


def of_proposal(proposal_id: int, *, page: int = 1) -> Page[NoteFacts]:
    """The internal notes about a proposal, the newest first."""
    query = (
        sa.select(InternalNote.text, Person.public_name, InternalNote.written_at)
        .join(Person, Person.id == InternalNote.officer_id)
        .where(InternalNote.proposal_id == proposal_id)
        .order_by(InternalNote.id.desc())
    )
    return page_of(query, number=page, size=PAGE_SIZE, row=_note)


def _note(text: str, officer: str, written_at: datetime) -> NoteFacts:
    return NoteFacts(text=text, officer=officer, written_at=written_at)
