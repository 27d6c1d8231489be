"""Who judges reported comments: the office of the neighborhood, and nobody in a matter of their own."""

from app.core.access import Actor, Role

OFFICE = (Role.OFFICER, Role.CLERK)
WATCH = (Role.OBSERVER, Role.OVERSEER)


def works_here(actor: Actor, neighborhood_id: int) -> bool:
    """Whether they are an officer or a clerk of the neighborhood."""
    return any(actor.holds(role, neighborhood_id) for role in OFFICE)


def may_judge(actor: Actor, *, author_id: int, proposer_id: int, neighborhood_id: int) -> bool:
    """The office; nobody their own comment, and no proposer what is said about their proposal."""
    return works_here(actor, neighborhood_id) and actor.id not in (author_id, proposer_id)
