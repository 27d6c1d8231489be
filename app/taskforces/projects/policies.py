"""Who may do what with a project: a clerk hands it to a task force, then only its co-chairs act."""

from collections.abc import Collection

from app.core.access import Actor, Role


def may_hand_over(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood names the task force and the organization that leads the work."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_lead(actor: Actor | None, co_chair_ids: Collection[int]) -> bool:
    """Only the co-chairs of its task force, as of today, plan a project, change forecasts and publish updates."""
    return actor is not None and actor.id in co_chair_ids


def may_name_partners(actor: Actor | None, co_chair_ids: Collection[int], neighborhood_id: int) -> bool:
    """The co-chairs of its task force, and a clerk of the neighborhood, name partners and who manages a project."""
    return may_lead(actor, co_chair_ids) or may_hand_over(actor, neighborhood_id)
