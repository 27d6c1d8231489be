"""Who declares an interest."""

from app.core.access import Actor
from app.taskforces.policies import may_fill_seats


def may_declare(actor: Actor, *, person_id: int | None, neighborhood_id: int) -> bool:
    """Whoever holds the seat; or a clerk for them, from a signed paper."""
    return actor.id == person_id or may_fill_seats(actor, neighborhood_id)


def may_end(actor: Actor, *, neighborhood_id: int) -> bool:
    """A clerk there: whoever is barred by their own word does not lift it themselves before they sign."""
    return may_fill_seats(actor, neighborhood_id)
