"""Who records what the council has decided."""

from app.core.access import Actor, Role


def may_record(actor: Actor, neighborhood_id: int, *, sits: bool) -> bool:
    """A clerk of the neighborhood who has no seat in a task force that signs."""
    return actor.holds(Role.CLERK, neighborhood_id) and not sits
