"""Who objects to a price, and who answers."""

from app.core.access import Actor
from app.proposals.review.policies import may_review


def may_object(actor: Actor | None, neighborhood_id: int) -> bool:
    """Verified residents: it is their money."""
    return actor is not None and actor.resident_of == neighborhood_id


def may_answer(actor: Actor, *, author_id: int, neighborhood_id: int) -> bool:
    """An officer of the neighborhood, and nobody about their own proposal."""
    return may_review(actor, author_id=author_id, neighborhood_id=neighborhood_id)
