"""Giving a private contact and taking it back."""

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import ensure, ensure_standing
from app.core.events import publish
from app.proposals import services as proposals
from app.proposals.coauthors.events import AuthorLeft
from app.proposals.contacts import policies
from app.proposals.contacts.events import ContactGiven
from app.proposals.contacts.models import ProposalContact
from app.proposals.events import ProposalWithdrawn
from app.proposals.rules import Stage


def give(proposal_id: int, words: str, *, by: Actor) -> None:
    """Keep how officers reach the author; empty words take it back."""
    with transaction():
        proposal, _cycle = proposals.opened(proposal_id, by)
        ensure_standing(policies.may_give(by, author_id=proposal.author_id), _("Only its author can change this."))
        ensure(proposal.stage is not Stage.WITHDRAWN, "withdrawn", _("This proposal is withdrawn."))
        row = locked(ProposalContact, proposal_id)
        if (row.words if row else "") == words:
            return
        if row is not None:
            db.session.delete(row)
            db.session.flush()
        if words:
            db.session.add(ProposalContact(proposal_id=proposal_id, words=words, kept_at=now()))
        db.session.flush()
        publish(ContactGiven(actor_id=by.id, proposal_id=proposal_id, is_given=bool(words)))


def forget(event: ProposalWithdrawn | AuthorLeft) -> None:
    """With the proposal, or its author, the contact goes too: nobody needs to reach them about it."""
    row = locked(ProposalContact, event.proposal_id)
    if row is not None:
        db.session.delete(row)
        db.session.flush()
