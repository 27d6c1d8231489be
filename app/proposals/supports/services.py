"""The verbs of a support: give it, and take it back."""

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import ensure, ensure_standing
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals.models import Proposal
from app.proposals.rules import WhyShut, why_shut
from app.proposals.services import opened
from app.proposals.supports import policies, words
from app.proposals.supports.events import ProposalSupported, SupportMoved, SupportTakenBack
from app.proposals.supports.models import Support


def support(proposal_id: int, *, by: Actor) -> None:
    """Support a proposal before its ballot is fixed; a second time changes nothing."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        _ensure_may(proposal, cycle, by)
        if _own(proposal_id, by) is not None:
            return
        db.session.add(Support(proposal_id=proposal_id, person_id=by.id, supported_at=now()))
        db.session.flush()
        publish(ProposalSupported(actor_id=by.id, proposal_id=proposal_id, cycle_id=cycle.id))


def take_back(proposal_id: int, *, by: Actor) -> None:
    """Take one's support back before the ballot is fixed; where there is none, nothing changes.

    Whoever has moved away since may still take it back.
    """
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        given = _own(proposal_id, by)
        if given is None:
            _ensure_may(proposal, cycle, by)
            return
        _ensure_open(proposal, cycle, taking_back=True)
        db.session.delete(given)
        publish(SupportTakenBack(actor_id=by.id, proposal_id=proposal_id, cycle_id=cycle.id))


def support_instead(proposal_id: int, *, by: Actor) -> int:
    """Support the joint proposal instead of the one that is part of it now, and say which it is.

    Nobody's support is ever moved but by themselves; a second time changes nothing.
    """
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        into = _joint(proposal)
        ensure(into.id != proposal.id, "not_joined", _("This proposal was not joined into another."))
        _ensure_may(into, cycle, by)
        given = _own(proposal_id, by)
        if given is None:
            return into.id
        db.session.delete(given)
        if _own(into.id, by) is None:
            db.session.add(Support(proposal_id=into.id, person_id=by.id, supported_at=now()))
        db.session.flush()
        publish(SupportMoved(actor_id=by.id, proposal_id=proposal_id, into_id=into.id, cycle_id=cycle.id))
    return into.id


def _joint(proposal: Proposal) -> Proposal:
    """What a proposal is part of today: it may have been joined into one that was joined itself."""
    while proposal.merged_into_id is not None:
        proposal = db.session.get_one(Proposal, proposal.merged_into_id)
    return proposal


def _own(proposal_id: int, by: Actor) -> Support | None:
    return db.session.scalar(sa.select(Support).where(Support.proposal_id == proposal_id, Support.person_id == by.id))


def _ensure_may(proposal: Proposal, cycle: CycleFacts, by: Actor) -> None:
    ensure_standing(
        policies.may_support(by, cycle.neighborhood_id), _("Verified residents of this neighborhood support proposals.")
    )
    _ensure_open(proposal, cycle)


def _ensure_open(proposal: Proposal, cycle: CycleFacts, *, taking_back: bool = False) -> None:
    reason = why_shut(is_sent=proposal.number is not None, stage=proposal.stage, cycle_stage=cycle.stage)
    if taking_back and reason is WhyShut.JOINED:
        return
    ensure(reason is None, reason.value if reason else "", str(words.WHY_SHUT[reason]) if reason else "")
