"""Reading who is to be told of a cast. Nothing here knows when it was."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.cycles.models import Cycle
from app.voting.models import RollEntry, Vote
from app.voting.notices.models import CastNotice, NoticesOff
from app.voting.rules import VoteStage


@dataclass(frozen=True, kw_only=True)
class Untold:
    """Somebody on the roll who has cast since they were last told; `wants_mail` where they did not switch it off."""

    entry_id: bytes = field(repr=False)
    revision: int
    wants_mail: bool
    email: str = field(repr=False)
    locale: str
    name: str = field(repr=False)
    cycle_id: int
    cycle: str


def votes_to_tell_of() -> list[bytes]:
    """The votes whose voters are told of their casts: those that are open, and closed ones until they are opened."""
    running = (VoteStage.OPEN, VoteStage.CLOSED)
    return list(db.session.scalars(sa.select(Vote.id).where(Vote.stage.in_(running)).order_by(Vote.id)))


def untold(vote_id: bytes) -> list[Untold]:
    """Everybody with an account who has cast and was not told, in the order of their random ids."""
    query = (
        sa.select(RollEntry.id, RollEntry.revision, NoticesOff.person_id, Person, Cycle.id, Cycle.name)
        .join(Person, Person.id == RollEntry.person_id)
        .join(Vote, Vote.id == RollEntry.vote_id)
        .join(Cycle, Cycle.id == Vote.cycle_id)
        .outerjoin(CastNotice, CastNotice.roll_entry_id == RollEntry.id)
        .outerjoin(NoticesOff, NoticesOff.person_id == Person.id)
        .where(RollEntry.vote_id == vote_id, RollEntry.revision > sa.func.coalesce(CastNotice.revision, 0))
        .order_by(RollEntry.id)
    )
    return [
        Untold(
            entry_id=entry_id,
            revision=revision,
            wants_mail=off is None and person.active,
            email=person.email,
            locale=person.locale,
            name=person.public_name,
            cycle_id=cycle_id,
            cycle=cycle,
        )
        for entry_id, revision, off, person, cycle_id, cycle in db.session.execute(query)
    ]


def wants_notices(person_id: int) -> bool:
    """Whether somebody gets a mail when a ballot comes in from them."""
    return db.session.get(NoticesOff, person_id) is None
