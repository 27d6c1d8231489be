"""Who types paper forms in, and who takes a proposal back for its author."""

from app.core.access import Actor, Role


def may_type(actor: Actor, neighborhood_id: int) -> bool:
    """Clerks and officers of the neighborhood."""
    return any(actor.holds(role, neighborhood_id) for role in (Role.CLERK, Role.OFFICER))


def may_lead(actor: Actor, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood says where forms are handed in, and takes back what its author no longer wants."""
    return actor.holds(Role.CLERK, neighborhood_id)
