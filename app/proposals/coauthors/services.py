"""Asking somebody to write with one, answering that, and leaving."""

import secrets

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals import services as proposals
from app.proposals.coauthors import policies, queries, words
from app.proposals.coauthors.events import (
    AuthorLeft,
    CoAuthorInvited,
    CoAuthorJoined,
    CoAuthorLeft,
    InvitationEnded,
)
from app.proposals.coauthors.models import CoAuthor, CoAuthorInvitation
from app.proposals.coauthors.rules import ALPHABET, LENGTH, MOST, Ending, WhyNot, has_room, why_not_join
from app.proposals.limits.queries import why_no_more
from app.proposals.models import Proposal
from app.proposals.review.models import Review
from app.proposals.rules import EDITABLE, open_to_change


def invite(proposal_id: int, email: str | None, *, by: Actor) -> int:
    """Ask whoever has this address, or (None) whoever is handed the code; the id of the invitation."""
    with transaction():
        proposal, cycle = proposals.opened(proposal_id, by)
        _ensure_author(proposal, by)
        ensure(_can_change(proposal, cycle), "too_late", _("This proposal cannot be changed any more."))
        own = email is not None and email == _address(by)
        ensure(not own, "own_address", _("This is your own address."), field="email")
        company = len(queries.ids_of(proposal_id)) + len(queries.waiting(proposal_id))
        full = _("A proposal has %(n)d co-authors at the most, those who are asked included.", n=MOST)
        ensure(has_room(company), "full", full, field="email")
        code = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
        row = CoAuthorInvitation(proposal_id=proposal_id, code=code, email=email, invited_by_id=by.id, invited_at=now())
        db.session.add(row)
        db.session.flush()
        publish(CoAuthorInvited(actor_id=by.id, proposal_id=proposal_id, invitation_id=row.id))
        return row.id


def accept(code: str, *, by: Actor) -> int:
    """Become a co-author; the id of the proposal."""
    with transaction():
        row, proposal, cycle = _answerable(code, by)
        reason = why_not_join(
            has_ended=row.ending is not None,
            invited_at=row.invited_at,
            now=now(),
            can_change=_can_change(proposal, cycle),
            is_author=by.id == proposal.author_id,
            is_in=by.id in queries.ids_of(proposal.id),
            judged=_has_judged(by, proposal),
        )
        if reason is not None:
            raise DomainError(reason.value, str(words.WHY_NOT[reason]))
        db.session.add(CoAuthor(proposal_id=proposal.id, person_id=by.id, joined_at=now()))
        _end(row, Ending.ACCEPTED, by.id)
        publish(CoAuthorJoined(actor_id=by.id, proposal_id=proposal.id, invitation_id=row.id, person_id=by.id))
        return proposal.id


def decline(code: str, *, by: Actor) -> None:
    """Say no; nobody else hears who it was that did not want to."""
    with transaction():
        row, proposal, _cycle = _answerable(code, by)
        ensure(row.ending is None, "ended", str(words.WHY_NOT[WhyNot.ENDED]))
        ensure(by.id != proposal.author_id, "own", str(words.WHY_NOT[WhyNot.OWN]))
        _end(row, Ending.DECLINED, by.id)
        publish(InvitationEnded(actor_id=by.id, proposal_id=proposal.id, invitation_id=row.id, taken_back=False))


def take_back(proposal_id: int, invitation_id: int, *, by: Actor) -> None:
    """Ask no more; an invitation that has ended stays as it is."""
    with transaction():
        proposal, _cycle = proposals.opened(proposal_id, by)
        _ensure_author(proposal, by)
        row = locked(CoAuthorInvitation, invitation_id)
        if row is None or row.proposal_id != proposal_id:
            raise NotFound
        if row.ending is None:
            _end(row, Ending.TAKEN_BACK, None)
            publish(InvitationEnded(actor_id=by.id, proposal_id=proposal_id, invitation_id=row.id, taken_back=True))


def leave(proposal_id: int, *, by: Actor) -> None:
    """Write it no more. Where the author leaves, the co-author who has been there longest becomes its author."""
    with transaction():
        proposal, cycle = proposals.opened(proposal_id, by)
        if by.id == proposal.author_id:
            _hand_over(proposal, cycle, by)
            return
        row = locked(CoAuthor, (proposal_id, by.id))
        if row is None:
            raise NotFound
        db.session.delete(row)
        db.session.flush()
        publish(CoAuthorLeft(actor_id=by.id, proposal_id=proposal_id, person_id=by.id))


def _hand_over(proposal: Proposal, cycle: CycleFacts, by: Actor) -> None:
    ensure(_can_change(proposal, cycle), "too_late", _("This proposal cannot be changed any more."))
    company = queries.of_proposal(proposal.id)
    alone = _("Nobody writes it with you. You can withdraw it instead.")
    ensure(bool(company), "alone", alone)
    successor = company[0]
    room = proposal.number is None or not why_no_more(successor.id, cycle)
    full = _("%(name)s would have more proposals than one person may have in this cycle.", name=successor.name)
    ensure(room, "no_more_proposals", full)
    db.session.delete(locked(CoAuthor, (proposal.id, successor.id)))
    proposal.author_id = successor.id
    db.session.flush()
    publish(AuthorLeft(actor_id=by.id, proposal_id=proposal.id, author_id=by.id, successor_id=successor.id))


def _answerable(code: str, by: Actor) -> tuple[CoAuthorInvitation, Proposal, CycleFacts]:
    """The invitation with its proposal and cycle locked; NotFound for one that is for somebody else."""
    found = queries.by_code(code)
    proposal, cycle = proposals.with_cycle(found.proposal_id)
    row = locked(CoAuthorInvitation, found.id)
    if row is None or not policies.may_answer(asked=row.email, own=_address(by)):
        raise NotFound
    return row, proposal, cycle


def _end(row: CoAuthorInvitation, ending: Ending, person_id: int | None) -> None:
    row.ending, row.ended_at, row.person_id, row.email = ending, now(), person_id, None
    db.session.flush()


def _can_change(proposal: Proposal, cycle: CycleFacts) -> bool:
    return proposal.stage in EDITABLE and open_to_change(cycle.stage)


def _has_judged(by: Actor, proposal: Proposal) -> bool:
    query = sa.select(sa.exists().where(Review.proposal_id == proposal.id, Review.officer_id == by.id))
    return bool(db.session.scalar(query))


def _address(by: Actor) -> str:
    return db.session.scalar(sa.select(Person.email).where(Person.id == by.id)) or ""


def _ensure_author(proposal: Proposal, by: Actor) -> None:
    allowed = policies.may_invite(by, author_id=proposal.author_id)
    ensure_standing(allowed, _("Only its author asks others to write with them."))
