"""Who may do what with paper ballots."""

from app.core.access import Actor, Role


def may_prepare(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood keeps the boxes and their stock, and has ballots printed."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_handle(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks and officers of the neighborhood hand out ballots, take them back, count batches and enter slips."""
    return actor is not None and (may_prepare(actor, neighborhood_id) or actor.holds(Role.OFFICER, neighborhood_id))


def may_check(actor: Actor | None, neighborhood_id: int) -> bool:
    """An observer of the neighborhood compares a sample with the paper."""
    return actor is not None and actor.holds(Role.OBSERVER, neighborhood_id)


def may_watch(actor: Actor | None, neighborhood_id: int) -> bool:
    """The sums of the paper ballots are for those who handle them and those who watch them."""
    return may_handle(actor, neighborhood_id) or may_check(actor, neighborhood_id)
