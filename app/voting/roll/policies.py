"""Who may see and keep the roll of a neighborhood."""

from app.core.access import Actor, Role


def may_keep(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood, or of the site, sees the lines and changes them."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_watch(actor: Actor | None, neighborhood_id: int) -> bool:
    """Observers see how many stand on the roll and its hash, never who."""
    return actor is not None and (may_keep(actor, neighborhood_id) or actor.holds(Role.OBSERVER, neighborhood_id))


def may_strike(actor: Actor, *, person_id: int | None) -> bool:
    """Nobody strikes or restores their own line."""
    return actor.id != person_id
