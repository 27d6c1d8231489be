"""Who publishes prepared findings, and who settles how a cycle is reviewed."""

from collections.abc import Collection

from app.core.access import Actor, Role

OFFICE = (Role.OFFICER, Role.CLERK)


def may_publish(actor: Actor, *, writers: Collection[int], neighborhood_id: int) -> bool:
    """An officer or a clerk of the neighborhood; nobody handles a finding about a proposal they write."""
    return actor.id not in writers and any(actor.holds(role, neighborhood_id) for role in OFFICE)


def may_settle(actor: Actor, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood."""
    return actor.holds(Role.CLERK, neighborhood_id)
