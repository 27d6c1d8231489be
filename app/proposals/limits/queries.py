"""Reading how many proposals somebody has in a cycle, and whether they may send another."""

import sqlalchemy as sa

from app.core.db import db
from app.cycles.queries import CycleFacts
from app.proposals.limits import words
from app.proposals.limits.rules import has_room
from app.proposals.models import Proposal
from app.proposals.rules import LEFT


def sent_by(author_id: int, cycle_id: int) -> int:
    """How many proposals somebody has in a cycle: those they sent, less what was withdrawn or joined into another."""
    query = sa.select(sa.func.count()).where(Proposal.author_id == author_id, Proposal.cycle_id == cycle_id)
    return db.session.scalar(query.where(Proposal.number.is_not(None), Proposal.stage.not_in(LEFT))) or 0


def why_no_more(author_id: int, cycle: CycleFacts) -> str:
    """Why somebody cannot send another proposal in a cycle; empty where they can."""
    most = cycle.most_proposals
    return "" if has_room(sent_by(author_id, cycle.id), most) else words.no_more(most or 0)
