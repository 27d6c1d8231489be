"""Reading reports: one's own, those of a vote for its board, and the public counts."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.voting.disputes.models import Dispute
from app.voting.disputes.rules import SMALLEST_SHOWN, DisputeStage, Known, known
from app.voting.models import RollEntry


@dataclass(frozen=True, kw_only=True)
class DisputeFacts:
    """A report as the board and its reporter read it; `known` is what the roll says now."""

    number: int
    text: str
    at_desk: bool
    stage: DisputeStage
    reported_at: datetime
    due_at: datetime
    answer: str | None
    decided_at: datetime | None
    name: str
    known: Known

    @property
    def is_late(self) -> bool:
        """Whether its answer should have been there."""
        return self.decided_at is None and now() > self.due_at


@dataclass(frozen=True, kw_only=True)
class PublicCounts:
    """What everybody may know: how many reports, and for how many of them envelopes were voided; None below five."""

    reported: int | None
    voided: int | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Somebody's line of the roll as they may know it themselves."""

    entry_id: bytes
    known: Known


def standing_of(vote_id: bytes, person_id: int) -> Standing | None:
    """What has come in for this person; None for somebody who is not on the roll."""
    return _standing(RollEntry.vote_id == vote_id, RollEntry.person_id == person_id)


def standing_by_reference(vote_id: bytes, reference: str) -> Standing | None:
    """The same for whom a desk names: by the address of their account, or the first eight digits of their entry."""
    wanted = reference.strip().lower()
    if "@" in wanted:
        person_id = db.session.scalar(sa.select(Person.id).where(Person.email == wanted))
        return None if person_id is None else standing_of(vote_id, person_id)
    try:
        start = bytes.fromhex(wanted)
    except ValueError:
        return None
    if len(start) < 4:
        return None
    last = start + b"\xff" * (16 - len(start))
    return _standing(RollEntry.vote_id == vote_id, RollEntry.id.between(start, last))


def of_vote(cycle_id: int) -> list[DisputeFacts]:
    """Every report of a vote, those that wait first, the oldest first."""
    query = _facts().where(Dispute.cycle_id == cycle_id)
    found = db.session.execute(query.order_by(Dispute.decided_at.is_not(None), Dispute.number))
    return [_dispute(*row) for row in found]


def find(cycle_id: int, number: int) -> DisputeFacts:
    """One report; NotFound where there is none."""
    row = db.session.execute(_facts().where(Dispute.cycle_id == cycle_id, Dispute.number == number)).first()
    if row is None:
        raise NotFound
    return _dispute(*row)


def mine(cycle_id: int, entry_id: bytes) -> list[DisputeFacts]:
    """The reports about this line of the roll."""
    query = _facts().where(Dispute.cycle_id == cycle_id, Dispute.roll_entry_id == entry_id)
    return [_dispute(*row) for row in db.session.execute(query.order_by(Dispute.number))]


def public_counts(cycle_id: int) -> PublicCounts:
    """How many reports there were and how many ended with voided envelopes, as everybody may know."""
    query = sa.select(sa.func.count(), sa.func.count().filter(Dispute.stage == DisputeStage.VOIDED))
    reported, voided = db.session.execute(query.where(Dispute.cycle_id == cycle_id)).one()
    return PublicCounts(reported=_shown(reported), voided=_shown(voided))


def undecided(cycle_id: int) -> int:
    """How many reports wait for the board."""
    query = sa.select(sa.func.count()).select_from(Dispute).where(Dispute.cycle_id == cycle_id)
    return db.session.execute(query.where(Dispute.stage == DisputeStage.REPORTED)).scalar_one()


def _shown(count: int) -> int | None:
    return count if count == 0 or count >= SMALLEST_SHOWN else None


def _standing(*which: sa.ColumnElement[bool]) -> Standing | None:
    found = db.session.execute(sa.select(RollEntry.id, RollEntry.channel, RollEntry.revision).where(*which)).all()
    if len(found) != 1:
        return None
    return Standing(entry_id=found[0].id, known=known(found[0].channel, found[0].revision))


def _facts() -> sa.Select[Dispute, RollEntry, str | None]:
    return (
        sa.select(Dispute, RollEntry, Person.public_name)
        .join(RollEntry, RollEntry.id == Dispute.roll_entry_id)
        .outerjoin(Person, Person.id == RollEntry.person_id)
    )


def _dispute(row: Dispute, entry: RollEntry, name: str | None) -> DisputeFacts:
    return DisputeFacts(
        number=row.number,
        text=row.text,
        at_desk=row.at_desk,
        stage=row.stage,
        reported_at=row.reported_at,
        due_at=row.due_at,
        answer=row.answer,
        decided_at=row.decided_at,
        name=name or entry.id.hex()[:8],
        known=known(entry.channel, entry.revision),
    )
