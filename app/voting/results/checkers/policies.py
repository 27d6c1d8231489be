"""Who may end an accreditation, and who may take the files that hold whole rankings."""

from app.core.access import Actor, Role


def may_withdraw(actor: Actor | None, neighborhood_id: int) -> bool:
    """A clerk of the neighborhood ends an accreditation alone: less may be taken after it, never more."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_take(actor: Actor | None, neighborhood_id: int, *, is_checker: bool, is_certified: bool) -> bool:
    """Clerks and observers of the neighborhood, and once the result is certified its accredited checkers."""
    if actor is None:
        return False
    return any(actor.holds(role, neighborhood_id) for role in (Role.CLERK, Role.OBSERVER)) or (
        is_checker and is_certified
    )
