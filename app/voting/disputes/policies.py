"""Who may report, and who may read reports."""

from app.core.access import Actor, Role


def may_take_down(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood writes down what somebody reports at the desk."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)
