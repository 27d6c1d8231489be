"""Who writes, approves and settles a short text."""

from app.core.access import Actor, Role


def may_write(actor: Actor, *, author_id: int, neighborhood_id: int) -> bool:
    """Its author, or an officer of the neighborhood."""
    return actor.id == author_id or actor.holds(Role.OFFICER, neighborhood_id)


def may_approve(actor: Actor, *, author_id: int) -> bool:
    """Nobody but the author of the proposal approves what the ballot says about it."""
    return actor.id == author_id


def may_settle(actor: Actor, *, author_id: int, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood settles it where the author is silent, and never about their own proposal."""
    return actor.id != author_id and actor.holds(Role.CLERK, neighborhood_id)


def may_translate(actor: Actor, *, author_id: int, neighborhood_id: int) -> bool:
    """Whoever may write it says it in the other languages too."""
    return may_write(actor, author_id=author_id, neighborhood_id=neighborhood_id)


def may_oversee(actor: Actor, neighborhood_id: int) -> bool:
    """Officers, clerks and observers of the neighborhood see how far the short texts of a cycle are."""
    return any(actor.holds(role, neighborhood_id) for role in (Role.OFFICER, Role.CLERK, Role.OBSERVER))
