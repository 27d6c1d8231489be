"""Who says that the holder of a seat is away."""

from app.core.access import Actor
from app.taskforces.policies import may_fill_seats


def may_tell(actor: Actor, *, person_id: int | None, neighborhood_id: int) -> bool:
    """Whoever holds the seat, or a clerk whom they have told."""
    return actor.id == person_id or may_fill_seats(actor, neighborhood_id)
