"""Who may do what to a proposal."""

from app.core.access import Actor, Role


def may_see(viewer: Actor | None, *, author_id: int, number: int | None) -> bool:
    """Everybody may see what was submitted; what never was, only its author."""
    return number is not None or (viewer is not None and viewer.id == author_id)


def may_change(actor: Actor, *, author_id: int) -> bool:
    """Only its author edits, submits or withdraws a proposal."""
    return actor.id == author_id


def may_fix_ballot(actor: Actor, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood turns feasible proposals into options."""
    return actor.holds(Role.CLERK, neighborhood_id)
