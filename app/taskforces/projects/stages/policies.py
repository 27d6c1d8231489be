"""Whose hands somebody has: a co-chair's, a clerk's, or none."""

from collections.abc import Collection

from app.core.access import Actor, Role
from app.taskforces.projects.stages.rules import Hand


def hands(actor: Actor | None, co_chair_ids: Collection[int], neighborhood_id: int) -> frozenset[Hand]:
    """By which hands somebody can move a project alone; those of both sides only an agreement has."""
    if actor is None:
        return frozenset()
    clerk = {Hand.CLERK} if actor.holds(Role.CLERK, neighborhood_id) else set()
    return frozenset(clerk | ({Hand.CHAIR} if actor.id in co_chair_ids else set()))
