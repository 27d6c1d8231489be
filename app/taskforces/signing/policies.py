"""Who may take back what was put before both sides."""

from app.core.access import Actor


def may_withdraw(actor: Actor, *, proposer_id: int) -> bool:
    """Whoever proposed it, and nobody else."""
    return actor.id == proposer_id
