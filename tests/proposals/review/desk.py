"""The officers' desk in tests: a cycle with its settings, a finding on its way, and what is refused."""

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.proposals.review import services as reviews
from app.proposals.review.models import PreparedFinding, ReviewSettings
from app.proposals.review.rules import Decision
from tests import make
from tests.proposals import said


def cycle(*, second_above_cents=None, together=False, **more):
    """A cycle whose review is settled so."""
    row = make.cycle(**more)
    settle(row, second_above_cents=second_above_cents, together=together)
    return row


def settle(row, *, second_above_cents=None, together=False):
    """The same for a cycle that is there."""
    with transaction():
        db.session.add(ReviewSettings(cycle_id=row.id, second_above_cents=second_above_cents, together=together))


def prepared(decision=Decision.FEASIBLE, *, together=False, second=True, by=None, **more):
    """A finding that waits: for a second officer, to be published together, or both."""
    above = 1_000_00 if second else None
    proposal = make.proposal(within=cycle(second_above_cents=above, together=together))
    made = reviews.review(proposal.id, said.finding(decision, **more), by=by or make.actor(Role.OFFICER))
    assert isinstance(made, PreparedFinding)
    return made


def refusal(act):
    """The code of what was refused, or None."""
    try:
        act()
    except DomainError as refused:
        db.session.rollback()
        return refused.code
    return None


def kinds():
    """The names of what has happened, in order."""
    return db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)).all()
