"""Who opens drafts for comments, who comments, and who reads and answers what was said."""

from collections.abc import Collection

from app.core.access import Actor, Role


def may_open(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood; they set a cycle's days for it, too."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_say(actor: Actor | None, neighborhood_id: int) -> bool:
    """Residents of the neighborhood."""
    return actor is not None and actor.resident_of == neighborhood_id


def may_answer(actor: Actor | None, neighborhood_id: int, chair_ids: Collection[int]) -> bool:
    """Clerks of the neighborhood, and the co-chairs of the task force that a report tells of."""
    return actor is not None and (may_open(actor, neighborhood_id) or actor.id in chair_ids)
