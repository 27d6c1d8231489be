"""Who may bring in a vote that was held elsewhere."""

from app.core.access import Actor, Role


def may_import(clerk: Actor, observer: Actor, neighborhood_id: int) -> bool:
    """A clerk with an observer at their side, two people: both will sign the result."""
    seats = clerk.holds(Role.CLERK, neighborhood_id) and observer.holds(Role.OBSERVER, neighborhood_id)
    return seats and clerk.id != observer.id
