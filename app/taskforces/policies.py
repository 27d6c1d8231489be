"""Who may set up a task force and fill its seats."""

from app.core.access import Actor, Role


def may_constitute(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood propose, constitute and dissolve its task forces."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_fill_seats(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood offer seats to who was nominated, and end terms."""
    return may_constitute(actor, neighborhood_id)
