"""Who keeps the list of organizations."""

from app.core.access import Actor, Role


def may_keep(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)
