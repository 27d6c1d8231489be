"""Who judges reported comments: the office of the neighborhood, and nobody in a matter of their own."""

from collections.abc import Collection

from app.core.access import Actor, Role

OFFICE = (Role.OFFICER, Role.CLERK)
WATCH = (Role.OBSERVER, Role.OVERSEER)


def works_here(actor: Actor, neighborhood_id: int) -> bool:
    """Whether they are an officer or a clerk of the neighborhood."""
    return any(actor.holds(role, neighborhood_id) for role in OFFICE)


def may_judge(actor: Actor, *, author_id: int, writers: Collection[int], neighborhood_id: int) -> bool:
    """The office; nobody their own comment, and nobody what is said about a proposal they write."""
    return works_here(actor, neighborhood_id) and actor.id not in (author_id, *writers)
