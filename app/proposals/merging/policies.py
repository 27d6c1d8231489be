"""Who may ask to join two proposals, and who answers."""

from app.core.access import Actor


def may_ask(actor: Actor, *, author_id: int) -> bool:
    """Only its author gives a proposal into another, or takes the request back."""
    return actor.id == author_id


def may_answer(actor: Actor, *, into_author_id: int) -> bool:
    """Only the author of the other proposal agrees or declines; no officer can do it for them."""
    return actor.id == into_author_id


def may_see(actor: Actor, *, author_id: int, into_author_id: int) -> bool:
    """A request is between the two authors; what comes of it stands on both pages for everybody."""
    return actor.id in (author_id, into_author_id)
