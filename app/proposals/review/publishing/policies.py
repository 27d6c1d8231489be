"""Who publishes prepared findings, and who settles how a cycle is reviewed."""

from app.core.access import Actor, Role

OFFICE = (Role.OFFICER, Role.CLERK)


def may_publish(actor: Actor, neighborhood_id: int) -> bool:
    """An officer or a clerk of the neighborhood."""
    return any(actor.holds(role, neighborhood_id) for role in OFFICE)


def may_settle(actor: Actor, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood."""
    return actor.holds(Role.CLERK, neighborhood_id)
