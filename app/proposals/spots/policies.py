"""Who may see the exact spot of a private address."""

from app.core.access import Actor, Role


def may_see_exact(viewer: Actor | None, neighborhood_id: int) -> bool:
    """Officers of the neighborhood, who have to find the place; nobody else, and not even a clerk."""
    return viewer is not None and viewer.holds(Role.OFFICER, neighborhood_id)
