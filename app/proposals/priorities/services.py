"""Naming the priority that a proposal serves, in the transaction that writes the proposal."""

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.db import db
from app.core.errors import ensure
from app.cycles.priorities.models import Priority
from app.proposals.models import Proposal
from app.proposals.priorities.models import ServedPriority


def serve(proposal: Proposal, priority_id: int | None) -> None:
    """Let a proposal serve a priority of its cycle, or none. The verb that writes the proposal publishes the event."""
    mine = ServedPriority.proposal_id == proposal.id
    if priority_id is None:
        db.session.execute(sa.delete(ServedPriority).where(mine))
        return
    here = sa.exists().where(Priority.id == priority_id, Priority.cycle_id == proposal.cycle_id)
    known = bool(db.session.scalar(sa.select(here)))
    ensure(known, "foreign_priority", _("Choose one of the priorities of this cycle."), field="priority_id")
    db.session.merge(ServedPriority(proposal_id=proposal.id, cycle_id=proposal.cycle_id, priority_id=priority_id))
    db.session.flush()


def served(proposal_id: int) -> int | None:
    """The id of the priority that a proposal serves."""
    return db.session.scalar(sa.select(ServedPriority.priority_id).where(ServedPriority.proposal_id == proposal_id))
