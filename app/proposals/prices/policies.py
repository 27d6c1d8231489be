"""Who objects to a price, and who answers."""

from collections.abc import Collection

from app.core.access import Actor
from app.proposals.review.policies import may_review


def may_object(actor: Actor | None, neighborhood_id: int) -> bool:
    """Verified residents: it is their money."""
    return actor is not None and actor.resident_of == neighborhood_id


def may_answer(actor: Actor, *, author_id: int, co_authors: Collection[int], neighborhood_id: int) -> bool:
    """An officer of the neighborhood, and nobody about a proposal they write."""
    return may_review(actor, author_id=author_id, co_authors=co_authors, neighborhood_id=neighborhood_id)
