"""Who may publish a report."""

from app.core.access import Actor, Role


def may_publish(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)
