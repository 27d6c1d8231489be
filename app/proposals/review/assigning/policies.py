"""Who says who reviews a proposal: clerks of the neighborhood, and whoever has it now."""

from app.core.access import Actor, Role


def may_assign(actor: Actor, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood gives a proposal to any officer."""
    return actor.holds(Role.CLERK, neighborhood_id)


def may_hand_on(actor: Actor, *, reviewer_id: int | None, neighborhood_id: int) -> bool:
    """A clerk, or the officer who has it now."""
    is_its_reviewer = actor.holds(Role.OFFICER, neighborhood_id) and actor.id == reviewer_id
    return is_its_reviewer or may_assign(actor, neighborhood_id)
