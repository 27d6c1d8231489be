"""Who may take part in a discussion, and who reads what is hidden."""

from app.core.access import Actor, Role


def may_write(actor: Actor, *, proposer_id: int, neighborhood_id: int) -> bool:
    """Residents of the neighborhood, the proposer, and its officers and clerks.

    Observers and overseers hold back: they are to judge what the office does with comments.
    """
    works_here = actor.holds(Role.OFFICER, neighborhood_id) or actor.holds(Role.CLERK, neighborhood_id)
    return works_here or actor.id == proposer_id or actor.resident_of == neighborhood_id


def may_change(actor: Actor, *, author_id: int) -> bool:
    """Only whoever wrote it."""
    return actor.id == author_id


def may_oversee(viewer: Actor | None, neighborhood_id: int) -> bool:
    """Observers and overseers of the neighborhood read hidden comments: who hides is watched by somebody else."""
    watches = (Role.OBSERVER, Role.OVERSEER)
    return viewer is not None and any(viewer.holds(role, neighborhood_id) for role in watches)
