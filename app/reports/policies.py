"""Who publishes a report, and who reads one that is not for everybody."""

from app.core.access import Actor, Role


def may_publish(actor: Actor | None, neighborhood_id: int) -> bool:
    """Clerks of the neighborhood."""
    return actor is not None and actor.holds(Role.CLERK, neighborhood_id)


def may_read(actor: Actor | None, *, is_public: bool, neighborhood_id: int, author_id: int | None) -> bool:
    """Everybody what is public; a letter whoever it is written to, and the clerks and overseers of the neighborhood."""
    if is_public:
        return True
    if actor is None:
        return False
    offices = (Role.CLERK, Role.OVERSEER)
    return actor.id == author_id or any(actor.holds(role, neighborhood_id) for role in offices)
