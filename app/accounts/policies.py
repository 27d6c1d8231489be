"""What clerks may do for people: within their neighborhoods, and never for themselves."""

from app.core.access import Actor, Role


def may_decide_residence(actor: Actor, *, person_id: int, neighborhood_id: int) -> bool:
    """A clerk of that neighborhood or of the site; nobody verifies where they live themselves."""
    return actor.id != person_id and actor.holds(Role.CLERK, neighborhood_id)


def may_grant(actor: Actor, *, person_id: int, neighborhood_id: int | None) -> bool:
    """A clerk of that neighborhood, or of the site; for the whole site only the latter. Never to oneself."""
    return actor.id != person_id and actor.holds(Role.CLERK, neighborhood_id)


def may_end_grant(actor: Actor, *, neighborhood_id: int | None) -> bool:
    """A clerk of the grant's scope; also their own, for whoever holds a role may lay it down."""
    return actor.holds(Role.CLERK, neighborhood_id)


def may_invite(actor: Actor) -> bool:
    """Any clerk."""
    return actor.holds_anywhere(Role.CLERK)


def may_reset_second_factor(actor: Actor, *, person_id: int) -> bool:
    """A clerk of the site, never their own: a lost phone is vouched for by somebody else."""
    return actor.id != person_id and actor.holds(Role.CLERK)


def clerk_scope(actor: Actor) -> frozenset[int] | None:
    """The neighborhoods a clerk works for; None for the whole site."""
    return actor.scope(Role.CLERK)
