"""Who may write into the ledger, and who may ask both sides to sign for money."""

from app.core.access import Actor, Role


def may_enter(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood enter what was paid, and what came from outside."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_propose(actor: Actor | None, neighborhood_id: int, *, works: bool) -> bool:
    """Anybody who works in the project's task force puts money before both sides, and so does the clerk."""
    return actor is not None and (works or may_enter(actor, neighborhood_id))


def may_read_closed(actor: Actor | None, neighborhood_id: int, *, sits: bool) -> bool:
    """Documents that name private persons are read by those who sign for them, the clerk and those who oversee."""
    watches = actor is not None and (
        actor.holds(Role.OVERSEER, neighborhood_id) or actor.holds(Role.OBSERVER, neighborhood_id)
    )
    return watches or may_propose(actor, neighborhood_id, works=sits)
