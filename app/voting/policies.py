"""Who may do what to a vote. Its steps are taken by two members of its board (`board/`), never by a role."""

from app.core.access import Actor, Role


def may_run(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood settles what a vote needs before its ballot is fixed."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_watch(actor: Actor | None, neighborhood_id: int, *, is_member: bool = False) -> bool:
    """The pages of a vote's board are for its members and for the neighborhood's clerks and observers."""
    if actor is None:
        return False
    return is_member or may_run(actor, neighborhood_id) or actor.holds(Role.OBSERVER, neighborhood_id)


def may_vote(actor: Actor | None, neighborhood_id: int) -> bool:
    """Verified residents vote; whether they stand on the roll is for the vote to say."""
    return actor is not None and actor.resident_of == neighborhood_id
