"""Who may do what to a vote."""

from app.core.access import Actor, Role


def may_run(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood fixes the ballot, opens and closes the vote."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_watch(actor: Actor | None, neighborhood_id: int) -> bool:
    """The board's page is for those who run the vote and those who watch them."""
    return actor is not None and (may_run(actor, neighborhood_id) or actor.holds(Role.OBSERVER, neighborhood_id))


def may_vote(actor: Actor | None, neighborhood_id: int) -> bool:
    """Verified residents vote; whether they stand on the roll is for the vote to say."""
    return actor is not None and actor.resident_of == neighborhood_id
