"""Who says whether a project works, and who counts what came in on paper."""

from app.core.access import Actor, Role


def may_answer(actor: Actor | None, neighborhood_id: int) -> bool:
    """Verified residents of the neighborhood."""
    return actor is not None and actor.resident_of == neighborhood_id


def may_count(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)
