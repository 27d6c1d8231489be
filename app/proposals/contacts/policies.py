"""Who may read how an author is reached, and who gives it."""

from app.core.access import Actor, Role


def may_read(viewer: Actor | None, *, author_id: int, neighborhood_id: int) -> bool:
    """The author themselves and officers of the neighborhood; no clerk, no co-author, no other officer."""
    return viewer is not None and (viewer.id == author_id or viewer.holds(Role.OFFICER, neighborhood_id))


def may_give(actor: Actor, *, author_id: int) -> bool:
    """Only the author says how they are reached."""
    return actor.id == author_id
