"""Who may review: officers, for their neighborhoods, and never their own proposal."""

from collections.abc import Collection

from app.core.access import Actor, Role


def is_officer(actor: Actor, neighborhood_id: int) -> bool:
    """Whether they hold the office for that neighborhood."""
    return actor.holds(Role.OFFICER, neighborhood_id)


def may_review(
    actor: Actor, *, author_id: int, neighborhood_id: int, co_authors: Collection[int] = frozenset()
) -> bool:
    """An officer of the neighborhood; nobody judges or prices a proposal that they write, alone or with others."""
    return is_officer(actor, neighborhood_id) and actor.id != author_id and actor.id not in co_authors


def scope(actor: Actor) -> frozenset[int] | None:
    """The neighborhoods an officer works for; None for all of them."""
    return actor.scope(Role.OFFICER)
