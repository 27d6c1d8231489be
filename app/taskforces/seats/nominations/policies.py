"""Who answers a nomination."""

from app.core.access import Actor
from app.taskforces.policies import may_fill_seats


def may_answer(actor: Actor, *, nominated_by_id: int, neighborhood_id: int) -> bool:
    """A clerk there, never one who has made it: nobody decides on their own nomination."""
    return may_fill_seats(actor, neighborhood_id) and actor.id != nominated_by_id
