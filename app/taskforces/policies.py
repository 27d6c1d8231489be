"""Who may constitute a task force and fill its seats."""

from app.core.access import Actor, Role


def may_constitute(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood constitute its task forces."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_fill_seats(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood write down who was nominated."""
    return may_constitute(actor, neighborhood_id)
