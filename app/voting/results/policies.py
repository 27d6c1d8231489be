"""Who may see a result before it is certified, and which of its two signatures somebody may give."""

from app.core.access import Actor, Role


def may_count_imported(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood has an imported vote counted; any other is counted by its board."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_see(actor: Actor | None, neighborhood_id: int, *, is_member: bool, certified: bool) -> bool:
    """A certified result is everybody's; before that only the board and those who watch it see it."""
    if certified or is_member:
        return True
    return actor is not None and any(actor.holds(role, neighborhood_id) for role in (Role.CLERK, Role.OBSERVER))


def signatures(actor: Actor | None, neighborhood_id: int, *, runs: bool, observes: bool) -> frozenset[Role]:
    """Which signatures this person may give to a result at all: a clerk who runs the vote, an observer named for it."""
    if actor is None:
        return frozenset()
    may = {Role.CLERK: runs, Role.OBSERVER: observes}
    return frozenset(role for role, named in may.items() if named and actor.holds(role, neighborhood_id))


def signs_as(may: frozenset[Role], *, clerk_id: int | None, observer_id: int | None) -> Role | None:
    """The signature still open among those this person may give, or None."""
    for role, taken in ((Role.CLERK, clerk_id), (Role.OBSERVER, observer_id)):
        if taken is None and role in may:
            return role
    return None
