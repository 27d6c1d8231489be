"""Who may do what with a meeting: by their seat in its task force, or as the clerk."""

from collections.abc import Iterable

from app.core.access import Actor, Role
from app.taskforces.meetings.rules import CHAIRS, HANDS, STANDS_IN, Act, Hand

_BY_SEAT = {CHAIRS: Hand.CHAIR, STANDS_IN: Hand.DEPUTY, "secretary": Hand.SECRETARY}


def hands(actor: Actor | None, held: Iterable[tuple[str, int]], neighborhood_id: int) -> frozenset[Hand]:
    """In what capacities somebody acts, given (kind of seat, its holder) for every seat of today."""
    if actor is None:
        return frozenset()
    found = {_BY_SEAT[kind] for kind, person_id in held if person_id == actor.id and kind in _BY_SEAT}
    return frozenset(found | ({Hand.CLERK} if actor.holds(Role.CLERK, neighborhood_id) else set()))


def may(act: Act, has: frozenset[Hand]) -> bool:
    """Whether one of the hands somebody has may do it."""
    return bool(HANDS[act] & has)


def may_see_notes(has: frozenset[Hand]) -> bool:
    """The internal notes are for those who lead the meeting and write it down."""
    return bool(has - {Hand.CLERK})


def may_see_draft(has: frozenset[Hand]) -> bool:
    """A meeting that nobody has been invited to yet is seen by whoever prepares or announces it."""
    return bool(has)
