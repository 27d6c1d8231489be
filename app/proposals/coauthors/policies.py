"""Who may invite, answer and leave."""

from app.core.access import Actor


def may_invite(actor: Actor, *, author_id: int) -> bool:
    """Only the author asks others in, and takes an invitation back."""
    return actor.id == author_id


def may_answer(*, asked: str | None, own: str) -> bool:
    """Whoever has the code; where the invitation is for an address, only the account with that address."""
    return asked is None or asked == own
