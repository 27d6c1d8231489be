"""Who may do what to a cycle."""

from app.core.access import Actor, Role
from app.cycles.rules import Stage


def may_create(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood plan its cycles."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_edit(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood edit its cycles."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_see_draft(actor: Actor | None, neighborhood_id: int) -> bool:
    """A draft is for those who plan it and those who watch over the vote."""
    return actor is not None and (
        actor.holds(Role.CLERK, neighborhood_id) or actor.holds(Role.OBSERVER, neighborhood_id)
    )


def may_advance(actor: Actor | None, neighborhood_id: int, to: Stage) -> bool:
    """Clerks lead a cycle through its stages; the observer's signature is the one that certifies."""
    if actor is None:
        return False
    certifies = to is Stage.CERTIFIED and actor.holds(Role.OBSERVER, neighborhood_id)
    return certifies or actor.holds(Role.CLERK, neighborhood_id)
