"""Who speaks for oversight, and who replies."""

from collections.abc import Collection

from app.core.access import Actor, Role

WATCH = (Role.OVERSEER, Role.OBSERVER)
"""Who may open the pages of oversight: they read everything and edit nothing."""


def may_state(actor: Actor | None, neighborhood_id: int) -> bool:
    """Overseers of the neighborhood publish statements, and nobody else in their name."""
    return actor is not None and actor.holds(Role.OVERSEER, neighborhood_id)


def may_reply(actor: Actor | None, neighborhood_id: int, co_chair_ids: Collection[int]) -> bool:
    """The co-chairs concerned and the clerk of the neighborhood; never whoever oversees it."""
    if actor is None or may_state(actor, neighborhood_id):
        return False
    return actor.id in co_chair_ids or actor.holds(Role.CLERK, neighborhood_id)
