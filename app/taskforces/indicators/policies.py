"""Who may define indicators and enter what they were."""

from app.core.access import Actor, Role


def may_keep(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood define indicators as they were agreed, and enter their values."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)
