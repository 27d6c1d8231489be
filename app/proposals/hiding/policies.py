"""Who hides parts of proposals and shows them again, and who looks at what is hidden."""

from collections.abc import Collection

from app.core.access import Actor
from app.proposals.discussion.moderation.policies import WATCH, works_here


def may_hide(actor: Actor, *, writers: Collection[int], neighborhood_id: int) -> bool:
    """The office of the neighborhood; nobody in a matter of their own."""
    return works_here(actor, neighborhood_id) and actor.id not in writers


def may_look(actor: Actor, neighborhood_id: int) -> bool:
    """Observers and overseers, each look on record."""
    return any(actor.holds(role, neighborhood_id) for role in WATCH)
