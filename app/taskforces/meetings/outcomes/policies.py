"""Who may say what became of an action."""

from app.core.access import Actor
from app.taskforces.meetings.policies import may
from app.taskforces.meetings.rules import Act, Hand


def may_end_action(actor: Actor, has: frozenset[Hand], *, owner_id: int | None) -> bool:
    """Whoever it is with, and those who write down what comes of the meetings of that task force."""
    return may(Act.RECORD, has) or (owner_id is not None and owner_id == actor.id)
