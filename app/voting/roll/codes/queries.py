"""Reading batches of codes, whom a batch is for, and who votes by a code in this browser."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from flask import g, has_request_context, session

from app.accounts.models import Person, Residence
from app.accounts.rules import ResidenceStage
from app.core.clock import deadline_now
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.queries import CycleFacts
from app.voting.models import RollEntry, Vote
from app.voting.roll import queries as rolls
from app.voting.roll.codes.models import CodeBatch, CodeVisit, PostalCode
from app.voting.roll.codes.rules import LIVE, MOST_CARDS, BatchStage, Purpose
from app.voting.roll.models import Listing
from app.voting.rules import Channel, CodeVoter

CODE_VISIT = "code visit"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A batch of cards."""

    id: int
    purpose: Purpose
    stage: BatchStage
    languages: tuple[str, ...]
    is_large: bool
    cards: int
    by: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Target:
    """Somebody a card goes to: a listing or a residence."""

    name: str
    address: str
    listing_id: bytes | None = None
    residence_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody's visit by a code, and the hash it is known by."""

    voter: CodeVoter
    key_hash: bytes = field(repr=False)
    cycle_id: int
    at_station: bool
    has_cast: bool


def batches(cycle_id: int) -> list[Batch]:
    """The batches of a cycle, the newest first."""
    found = db.session.execute(_batches().where(CodeBatch.cycle_id == cycle_id).order_by(CodeBatch.id.desc()))
    return [_batch(*row) for row in found]


def batch(cycle_id: int, batch_id: int) -> Batch:
    """One batch of this cycle; NotFound for any other."""
    row = db.session.execute(_batches().where(CodeBatch.cycle_id == cycle_id, CodeBatch.id == batch_id)).first()
    if row is None:
        raise NotFound
    return _batch(*row)


def without_card(cycle: CycleFacts, purpose: Purpose) -> int:
    """How many have no card that works yet."""
    query = _targets(cycle, purpose).order_by(None)
    return db.session.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()


def targets(cycle: CycleFacts, purpose: Purpose) -> list[Target]:
    """Whom the next batch is for, in the order of their addresses, as many as one batch holds."""
    found = db.session.execute(_targets(cycle, purpose).limit(MOST_CARDS))
    return [Target(name=n, address=a, listing_id=li, residence_id=r) for n, a, li, r in found]


def visit_of_this_request() -> Visit | None:
    """Who votes by a code in this browser now; read once in a request."""
    if not has_request_context() or CODE_VISIT not in session:
        return None
    if "code_visit" not in g:
        g.code_visit = _visit(sha256(session[CODE_VISIT].encode()).digest())
    visit: Visit | None = g.code_visit
    return visit


def code_voter() -> CodeVoter | None:
    """The same as the ballot's pages need it."""
    visit = visit_of_this_request()
    return None if visit is None else visit.voter


def _visit(key_hash: bytes) -> Visit | None:
    query = (
        sa.select(CodeVisit.roll_entry_id, CodeVisit.at_station, CodeVisit.has_cast, CodeVisit.ends_at, Vote.cycle_id)
        .join(RollEntry, RollEntry.id == CodeVisit.roll_entry_id)
        .join(Vote, Vote.id == RollEntry.vote_id)
        .where(CodeVisit.key_hash == key_hash)
    )
    row = db.session.execute(query).first()
    if row is None or row.ends_at <= deadline_now():
        return None
    return Visit(
        voter=CodeVoter(entry_id=row.roll_entry_id),
        key_hash=key_hash,
        cycle_id=row.cycle_id,
        at_station=row.at_station,
        has_cast=row.has_cast,
    )


def _targets(cycle: CycleFacts, purpose: Purpose) -> sa.Select[str, str, bytes | None, int | None]:
    live = sa.select(CodeBatch.id).where(CodeBatch.stage.in_(LIVE))
    if purpose is Purpose.RESIDENCE:
        has_code = sa.exists().where(PostalCode.residence_id == Residence.id, PostalCode.batch_id.in_(live))
        waits = (Residence.neighborhood_id == cycle.neighborhood_id, Residence.stage == ResidenceStage.REGISTERED)
        letters = sa.select(Person.public_name, Residence.address, sa.cast(sa.null(), Listing.id.type), Residence.id)
        letters = letters.join(Person, Person.id == Residence.person_id).where(*waits, Person.active)
        return letters.where(sa.not_(has_code)).order_by(Residence.address, Residence.id)
    has_code = sa.exists().where(PostalCode.listing_id == Listing.id, PostalCode.batch_id.in_(live))
    cards = sa.select(Listing.name, Listing.address, Listing.id, sa.cast(sa.null(), Residence.id.type))
    return cards.where(_may_vote(cycle), sa.not_(has_code)).order_by(Listing.address, Listing.name, Listing.id)


def _may_vote(cycle: CycleFacts) -> sa.ColumnElement[bool]:
    """Listings without an account that stand on the roll, frozen or not."""
    if not rolls.is_frozen(cycle.id):
        return Listing.id.in_(rolls.listings_on_roll(cycle))
    vote_id = sa.select(Vote.id).where(Vote.cycle_id == cycle.id).scalar_subquery()
    entries = sa.select(RollEntry.listing_id).where(RollEntry.vote_id == vote_id, RollEntry.person_id.is_(None))
    return Listing.id.in_(entries.where(RollEntry.channel != Channel.VOID))


def _batches() -> sa.Select[int, Purpose, BatchStage, list[str], bool, int, str, datetime]:
    return sa.select(
        CodeBatch.id,
        CodeBatch.purpose,
        CodeBatch.stage,
        CodeBatch.languages,
        CodeBatch.is_large,
        CodeBatch.cards,
        Person.public_name,
        CodeBatch.made_at,
    ).join(Person, Person.id == CodeBatch.by_id)


def _batch(
    id_: int, purpose: Purpose, stage: BatchStage, languages: list[str], large: bool, cards: int, by: str, at: datetime
) -> Batch:
    return Batch(
        id=id_,
        purpose=purpose,
        stage=stage,
        languages=tuple(languages),
        is_large=large,
        cards=cards,
        by=by,
        made_at=at,
    )
