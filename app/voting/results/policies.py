"""Who may count and certify, and who may look before it is certified."""

from app.core.access import Actor, Role


def may_count(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood has the ballots counted."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_certify(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks and observers of the neighborhood sign a result."""
    return signs_as(actor, neighborhood_id, clerk_id=None, observer_id=None) is not None


def may_see(actor: Actor | None, neighborhood_id: int, *, certified: bool) -> bool:
    """A certified result is everybody's; before that only the board sees it."""
    return certified or may_certify(actor, neighborhood_id)


def signs_as(
    actor: Actor | None, neighborhood_id: int, *, clerk_id: int | None, observer_id: int | None
) -> Role | None:
    """The signature still open that this person may give, or None; nobody gives both, whatever they hold."""
    if actor is None or actor.id in (clerk_id, observer_id):
        return None
    for role, taken in ((Role.CLERK, clerk_id), (Role.OBSERVER, observer_id)):
        if taken is None and actor.holds(role, neighborhood_id):
            return role
    return None
