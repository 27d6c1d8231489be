"""Who may support a proposal."""

from app.core.access import Actor


def may_support(actor: Actor, neighborhood_id: int) -> bool:
    """Verified residents of the neighborhood."""
    return actor.resident_of == neighborhood_id
