"""A reconciliation is public, as each of its figures is; some let the whole chain be checked while they wait."""

from app.core.access import Actor, Role

WATCH = (Role.OVERSEER, Role.OBSERVER, Role.CLERK)
"""Who has to know that the whole chain holds, however long it is."""


def may_check_whole(actor: Actor | None, neighborhood_id: int) -> bool:
    """Those who oversee the neighborhood, and its clerks; everybody else sees its last entries checked."""
    return actor is not None and any(actor.holds(role, neighborhood_id) for role in WATCH)
