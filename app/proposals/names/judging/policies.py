"""Who decides about words that are kept back, and who reads what was removed."""

from app.core.access import Actor
from app.proposals.discussion.moderation.policies import WATCH, works_here


def may_judge(actor: Actor, *, author_id: int, neighborhood_id: int) -> bool:
    """The office of the neighborhood; nobody about their own proposal."""
    return works_here(actor, neighborhood_id) and actor.id != author_id


def may_read_removed(actor: Actor, neighborhood_id: int) -> bool:
    """Observers and overseers, each reading on record: whoever removes words is watched by somebody else."""
    return any(actor.holds(role, neighborhood_id) for role in WATCH)


def may_explain(actor: Actor, *, author_id: int) -> bool:
    """Only its author tells the office why words may stand."""
    return actor.id == author_id
