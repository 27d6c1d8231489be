"""What people say in tests: valid by default, a test mentions only what it is about."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from app.core.access import Actor, Grant, Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.places.models import Neighborhood
from app.proposals.discussion import services
from app.proposals.discussion.models import Comment
from app.proposals.discussion.moderation.models import CommentReport
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.discussion.rules import Stance
from app.proposals.discussion.services import WriteComment
from app.proposals.models import Proposal
from tests import make

TEXT = "The lane by the school is the darkest of all."
REASON = "It names a neighbor who is no public person."


def comment(on: Proposal, by: Actor | None = None, **more: Any) -> Comment:
    """A comment written by a resident."""
    facts = {"text": TEXT, "stance": Stance.FOR} | more
    return services.write(on.id, WriteComment(**facts), by=by or make.resident(on.cycle.neighborhood))


def answer(to: Comment, by: Actor | None = None, **more: Any) -> Comment:
    """An answer written by a resident."""
    on = db.session.get_one(Proposal, to.proposal_id)
    return comment(on, by, stance=None, parent_id=to.id, **more)


def rows(on: Proposal, author_id: int, count: int, *, reporter_id: int | None = None, **more: Any) -> list[int]:
    """The ids of so many comments put straight into the table, each reported by `reporter_id` if there is one."""
    moment: datetime = now()
    facts = {"proposal_id": on.id, "author_id": author_id, "text": TEXT, "written_at": moment, "stance": Stance.FOR}
    made = [Comment(**facts | more) for _ in range(count)]
    with transaction():
        db.session.add_all(made)
        db.session.flush()
        told = {"concern": Concern.INSULT, "note": "", "reported_at": moment, "person_id": reporter_id}
        db.session.add_all(CommentReport(comment_id=each.id, **told) for each in made if reporter_id)
        return [each.id for each in made]


def officer_of(where: Neighborhood, role: Role = Role.OFFICER) -> Actor:
    """Somebody with that role for that neighborhood only."""
    return replace(make.actor(), grants=frozenset({Grant(role=role, neighborhood_id=where.id)}))


def outcome(verb: Any, *arguments: Any, **more: Any) -> str:
    """ "done", or the code with which it was refused."""
    try:
        verb(*arguments, **more)
    except DomainError as refusal:
        return refusal.code
    return "done"
