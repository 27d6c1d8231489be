"""Who may do what to a proposal."""

from collections.abc import Collection

from app.core.access import Actor, Role


def may_see(
    viewer: Actor | None, *, author_id: int, number: int | None, co_authors: Collection[int] = frozenset()
) -> bool:
    """Everybody may see what was submitted; what never was, only its author and those who write it with them."""
    return number is not None or (viewer is not None and viewer.id in (author_id, *co_authors))


def may_read_withdrawn(viewer: Actor | None, *, author_id: int, neighborhood_id: int) -> bool:
    """What a withdrawn proposal said is for its author, and for observers and overseers of the neighborhood."""
    watches = (Role.OBSERVER, Role.OVERSEER)
    return viewer is not None and (
        viewer.id == author_id or any(viewer.holds(role, neighborhood_id) for role in watches)
    )


def may_change(actor: Actor, *, author_id: int) -> bool:
    """Only its author submits or withdraws a proposal."""
    return actor.id == author_id


def may_write(actor: Actor, *, author_id: int, co_authors: Collection[int]) -> bool:
    """Its author and their co-authors change its words."""
    return actor.id == author_id or actor.id in co_authors


def may_fix_ballot(actor: Actor, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood turns feasible proposals into options."""
    return actor.holds(Role.CLERK, neighborhood_id)
