"""Who may propose to split a proposal, and who answers."""

from app.core.access import Actor
from app.proposals.discussion.moderation.policies import works_here


def may_ask(actor: Actor, *, author_id: int, neighborhood_id: int) -> bool:
    """Residents and the office of the neighborhood, and its author, who needs nobody's answer."""
    neighbor = actor.resident_of == neighborhood_id
    return actor.id == author_id or neighbor or works_here(actor, neighborhood_id)


def may_answer(actor: Actor, *, author_id: int) -> bool:
    """Only its author agrees or declines; no officer can do it for them."""
    return actor.id == author_id


def may_take_back(actor: Actor, *, asker_id: int) -> bool:
    """Only whoever asked."""
    return actor.id == asker_id


def may_see(actor: Actor, *, author_id: int, asker_id: int) -> bool:
    """A request is between the two; what comes of it stands on every page for everybody."""
    return actor.id in (author_id, asker_id)
