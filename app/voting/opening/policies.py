"""Who may open the envelopes."""

from app.core.access import Actor, Role


def may_open(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood opens the envelopes."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)
