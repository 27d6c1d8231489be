"""Who may translate what people of a neighborhood wrote, and who may name translators."""

from app.core.access import Actor, Role


def may_translate(actor: Actor | None, *, neighborhood_id: int, is_translator: bool) -> bool:
    """A clerk or an officer of the neighborhood, or somebody whom a clerk has named."""
    if actor is None:
        return False
    return is_translator or any(actor.holds(role, neighborhood_id) for role in (Role.CLERK, Role.OFFICER))


def may_name(actor: Actor | None, *, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)
