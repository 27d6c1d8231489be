"""Reading who writes a proposal, and the invitations that wait."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.proposals.coauthors import policies
from app.proposals.coauthors.models import CoAuthor, CoAuthorInvitation
from app.proposals.coauthors.rules import STANDS
from app.proposals.models import Proposal


@dataclass(frozen=True, kw_only=True)
class Named:
    """A co-author by name."""

    id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class InvitationFacts:
    """An invitation; what the invited may know of a draft is its title and who asks."""

    id: int
    proposal_id: int
    title: str
    asked_by: str
    code: str
    email: str | None
    invited_at: datetime
    is_open: bool


def of_proposal(proposal_id: int) -> tuple[Named, ...]:
    """Its co-authors, the first who joined first."""
    query = sa.select(Person.id, Person.public_name).join(CoAuthor, CoAuthor.person_id == Person.id)
    query = query.where(CoAuthor.proposal_id == proposal_id).order_by(CoAuthor.joined_at, Person.id)
    return tuple(Named(id=id_, name=name) for id_, name in db.session.execute(query))


def ids_of(proposal_id: int) -> frozenset[int]:
    """The ids of its co-authors."""
    return frozenset(db.session.scalars(sa.select(CoAuthor.person_id).where(CoAuthor.proposal_id == proposal_id)))


def writers_of(proposal: Proposal) -> frozenset[int]:
    """The ids of everybody who writes it: its author and their co-authors."""
    return ids_of(proposal.id) | {proposal.author_id}


def writes(person_id: int) -> sa.Exists:
    """The condition that somebody is a co-author of a proposal."""
    return sa.exists().where(CoAuthor.proposal_id == Proposal.id, CoAuthor.person_id == person_id)


def waiting(proposal_id: int) -> list[InvitationFacts]:
    """The open invitations of a proposal, for its author."""
    return _found(CoAuthorInvitation.proposal_id == proposal_id, _is_open())


def waiting_for(person_id: int) -> list[InvitationFacts]:
    """The open invitations for somebody's address."""
    address = sa.select(Person.email).where(Person.id == person_id).scalar_subquery()
    return _found(CoAuthorInvitation.email == address, _is_open())


def by_code(code: str) -> InvitationFacts:
    """The invitation with that code, open or ended; NotFound where there is none."""
    found = _found(CoAuthorInvitation.code == code)
    if not found:
        raise NotFound
    return found[0]


def invitation(invitation_id: int) -> InvitationFacts:
    """The invitation of that id, open or ended."""
    return _found(CoAuthorInvitation.id == invitation_id)[0]


def invited(invitation_id: int) -> int | None:
    """Who has the address that was invited, if an account does."""
    query = sa.select(Person.id).join(CoAuthorInvitation, CoAuthorInvitation.email == Person.email)
    return db.session.scalar(query.where(CoAuthorInvitation.id == invitation_id, Person.active))


def by_code_for(code: str, person_id: int) -> InvitationFacts:
    """The same for somebody who may answer it; NotFound where it is for another address."""
    found = by_code(code)
    own = db.session.scalar(sa.select(Person.email).where(Person.id == person_id)) or ""
    if not policies.may_answer(asked=found.email, own=own):
        raise NotFound
    return found


def _is_open() -> sa.ColumnElement[bool]:
    return sa.and_(CoAuthorInvitation.ending.is_(None), CoAuthorInvitation.invited_at > now() - STANDS)


def _found(*conditions: sa.ColumnElement[bool]) -> list[InvitationFacts]:
    query = (
        sa.select(CoAuthorInvitation, Proposal.title, Person.public_name, _is_open())
        .join(Proposal, Proposal.id == CoAuthorInvitation.proposal_id)
        .join(Person, Person.id == CoAuthorInvitation.invited_by_id)
        .where(*conditions)
        .order_by(CoAuthorInvitation.id)
    )
    return [
        InvitationFacts(
            id=row.id,
            proposal_id=row.proposal_id,
            title=title,
            asked_by=name,
            code=row.code,
            email=row.email,
            invited_at=row.invited_at,
            is_open=is_open,
        )
        for row, title, name, is_open in db.session.execute(query)
    ]
