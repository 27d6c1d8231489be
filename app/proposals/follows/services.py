"""The verbs of a follow: begin, and end it."""

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import ensure
from app.core.events import publish
from app.proposals.follows.events import FollowEnded, ProposalFollowed
from app.proposals.follows.models import Follow
from app.proposals.rules import LEFT
from app.proposals.services import opened


def follow(proposal_id: int, *, by: Actor) -> None:
    """Hear from now on what becomes of a public proposal; a second time changes nothing."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        ensure(proposal.number is not None, "draft", _("A draft cannot be followed yet."))
        ensure(proposal.stage not in LEFT, "left", _("Nothing more will happen to this proposal."))
        if _own(proposal_id, by) is None:
            db.session.add(Follow(proposal_id=proposal_id, person_id=by.id, followed_at=now()))
            db.session.flush()
            publish(ProposalFollowed(actor_id=by.id, proposal_id=proposal_id, cycle_id=cycle.id))


def end(proposal_id: int, *, by: Actor) -> None:
    """Hear of it no longer; where nobody followed, nothing changes."""
    with transaction():
        _proposal, cycle = opened(proposal_id, by)
        given = _own(proposal_id, by)
        if given is not None:
            db.session.delete(given)
            publish(FollowEnded(actor_id=by.id, proposal_id=proposal_id, cycle_id=cycle.id))


def _own(proposal_id: int, by: Actor) -> Follow | None:
    return db.session.scalar(sa.select(Follow).where(Follow.proposal_id == proposal_id, Follow.person_id == by.id))
