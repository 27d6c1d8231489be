"""Who says an outlook."""

from collections.abc import Collection

from app.core.access import Actor, Role


def may_say(
    actor: Actor | None, *, author_id: int, neighborhood_id: int, co_authors: Collection[int] = frozenset()
) -> bool:
    """An officer of the neighborhood; nobody promises days for a proposal that they write, alone or with others."""
    if actor is None or actor.id == author_id or actor.id in co_authors:
        return False
    return actor.holds(Role.OFFICER, neighborhood_id)
