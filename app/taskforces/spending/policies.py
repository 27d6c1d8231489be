"""Who may write into the ledger."""

from app.core.access import Actor, Role


def may_enter(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood enter what was promised and paid."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)
