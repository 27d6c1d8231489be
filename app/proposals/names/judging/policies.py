"""Who decides about words that are kept back, and who reads what was removed."""

from collections.abc import Collection

from app.core.access import Actor
from app.proposals.discussion.moderation.policies import WATCH, works_here


def may_judge(actor: Actor, *, author_id: int, neighborhood_id: int, co_authors: Collection[int]) -> bool:
    """The office of the neighborhood; nobody about a proposal that they write, alone or with others."""
    return works_here(actor, neighborhood_id) and actor.id != author_id and actor.id not in co_authors


def may_read_removed(actor: Actor, neighborhood_id: int) -> bool:
    """Observers and overseers, each reading on record: whoever removes words is watched by somebody else."""
    return any(actor.holds(role, neighborhood_id) for role in WATCH)


def may_explain(actor: Actor, *, author_id: int, co_authors: Collection[int]) -> bool:
    """Those who write it tell the office why words may stand."""
    return actor.id == author_id or actor.id in co_authors
