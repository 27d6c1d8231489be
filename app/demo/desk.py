"""A proposal of Riverside that came on paper: a clerk types it in for somebody without an account."""

from typing import Any

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db
from app.cycles.queries import facts
from app.proposals.desk import services
from app.proposals.desk.rules import today_in
from app.proposals.desk.services import TypeIn
from app.proposals.services import WriteProposal

WHERE = "the library at Station Hill, 12 Station Road, Monday to Saturday from 10 to 6"


def type_in(cycle_id: int, words: WriteProposal, told: Any, *, by: Actor) -> tuple[int, Actor]:
    """The id of the proposal, and its author as the demo knows them."""
    services.name_desk(cycle_id, WHERE, by=by)
    paper = TypeIn(
        words=words,
        number=told["number"],
        received_on=today_in(facts(cycle_id), now()),
        language="en",
        was_helped=True,
        public_name=told["name"],
        contact=told["contact"],
    )
    made = services.type_in(cycle_id, paper, by=by)
    return made.id, actor_of(db.session.get_one(Person, made.author_id))
