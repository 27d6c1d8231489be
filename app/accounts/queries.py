"""Reading people: who acts in this request, with what they hold today."""

from flask_login import current_user

from app.accounts.models import Person
from app.accounts.rules import ResidenceStage, holds_on
from app.core.access import Actor, Grant
from app.core.clock import today


def actor_of(person: Person) -> Actor:
    """The person as rules and policies see them today."""
    day = today()
    held = [g for g in person.grants if holds_on(day, starts_on=g.starts_on, ends_on=g.ends_on)]
    residence = person.residence
    verified = residence is not None and residence.stage is ResidenceStage.VERIFIED
    return Actor(
        id=person.id,
        name=person.public_name,
        grants=frozenset(Grant(role=g.role, neighborhood_id=g.neighborhood_id) for g in held),
        resident_of=residence.neighborhood_id if residence is not None and verified else None,
    )


def actor_of_this_request() -> Actor | None:
    """Who is signed in, or None for a visitor."""
    return actor_of(current_user) if current_user and current_user.is_authenticated else None
