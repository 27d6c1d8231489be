"""Who answers an offer of a seat."""

from app.core.access import Actor
from app.taskforces.policies import may_fill_seats


def may_answer(actor: Actor, *, person_id: int) -> bool:
    """Only whoever it was made to."""
    return actor.id == person_id


def may_attest(actor: Actor, *, person_id: int, neighborhood_id: int) -> bool:
    """A clerk writes down what somebody else has signed on paper, never their own."""
    return may_fill_seats(actor, neighborhood_id) and actor.id != person_id


def may_see(actor: Actor, *, person_id: int, neighborhood_id: int) -> bool:
    """Whoever it was made to, and the clerks there."""
    return actor.id == person_id or may_fill_seats(actor, neighborhood_id)
