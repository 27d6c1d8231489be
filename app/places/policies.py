"""Who may do what to a place."""

from app.core.access import Actor, Role


def may_create(actor: Actor | None) -> bool:
    """A new neighborhood is a matter of the whole site."""
    return actor is not None and actor.holds(Role.CLERK)


def may_edit(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks keep their neighborhood's page, map and categories."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)
