"""Reading orders of letters: who would get one, how far an order has come, and what waits to be put into its file."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person, Residence
from app.accounts.rules import NOWHERE
from app.core import jobs
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.cycles.queries import CycleFacts
from app.places.models import Neighborhood
from app.proposals.models import Proposal
from app.proposals.rules import code
from app.reports.letters.models import BatchLetter, LetterBatch
from app.reports.letters.rules import BIND, DECIDED, FREEZE
from app.reports.models import Edition, EditionFile
from app.reports.rules import EditionStage, Form, ReportKind


@dataclass(frozen=True, kw_only=True)
class Due:
    """A proposal whose proposer gets a letter; `by_post` where they have no account to be mailed at."""

    proposal_id: int
    locale: str
    by_post: bool


@dataclass(frozen=True, kw_only=True)
class Unwritten:
    """A cycle with proposals that are decided about and whose proposers have no letter yet, or with an open order."""

    cycle_id: int
    cycle: str
    neighborhood: str
    left: int
    """How many have none."""
    order_id: int | None
    """The order that is not finished."""


@dataclass(frozen=True, kw_only=True)
class BatchFacts:
    """An order of letters and how far it has come; `made` have all their files, `failed` wait for a clerk."""

    id: int
    cycle_id: int
    requested_at: datetime
    letters: int
    by_post: int
    made: int
    failed: tuple[int, ...]
    """The editions that could not be made."""
    file_hash: str | None
    size: int | None
    finished_at: datetime | None

    @property
    def percent(self) -> int:
        """How much of the work is done; the file for the printer is its last part."""
        if self.finished_at is not None:
            return 100
        return 99 * self.made // max(1, self.letters)


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a letter goes; None where no home is known, so that it waits at the desk."""

    position: int
    proposal: str
    name: str
    by_post: bool
    address: str | None


def due(cycle_id: int) -> list[Due]:
    """Every proposal of a cycle that is decided about, those whose letters go by post first, then by number."""
    on_paper = sa.and_(sa.not_(Person.active), Person.email.endswith(NOWHERE, autoescape=True))
    query = (
        sa.select(Proposal.id, Person.locale, on_paper)
        .join(Person, Person.id == Proposal.author_id)
        .where(Proposal.cycle_id == cycle_id, Proposal.stage.in_(DECIDED), Proposal.number.is_not(None))
        .order_by(on_paper.desc(), Proposal.number)
    )
    found = db.session.execute(query)
    return [Due(proposal_id=id_, locale=locale, by_post=bool(post)) for id_, locale, post in found]


def unwritten(neighborhood_ids: Collection[int]) -> list[Unwritten]:
    """The cycles of some neighborhoods in which decision letters are still to be written, in one statement."""
    told = sa.exists().where(
        Edition.proposal_id == Proposal.id, Edition.kind == ReportKind.LETTER, Edition.stage != EditionStage.DROPPED
    )
    has_none = sa.and_(Proposal.stage.in_(DECIDED), Proposal.number.is_not(None), sa.not_(told))
    left = sa.select(sa.func.count(Proposal.id)).where(Proposal.cycle_id == Cycle.id, has_none).scalar_subquery()
    open_ = sa.select(LetterBatch.id).where(LetterBatch.cycle_id == Cycle.id, LetterBatch.finished_at.is_(None))
    query = (
        sa.select(Cycle.id, Cycle.name, Neighborhood.name, left, open_.scalar_subquery())
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .where(Cycle.neighborhood_id.in_(neighborhood_ids))
        .order_by(Cycle.id.desc())
    )
    rows = [
        Unwritten(cycle_id=id_, cycle=name, neighborhood=where, left=count, order_id=order)
        for id_, name, where, count, order in db.session.execute(query)
    ]
    return [row for row in rows if row.left or row.order_id is not None]


def unwritten_in(cycle: CycleFacts) -> int:
    """How many proposers of a cycle have no letter yet about what is decided."""
    return sum(row.left for row in unwritten([cycle.neighborhood_id]) if row.cycle_id == cycle.id)


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """Whom a letter is to, and about which of their proposals."""

    proposal_id: int
    author_id: int


def find(edition_id: int) -> LetterFacts:
    """Whom the letter of an edition is to; NotFound for an edition that is no letter."""
    query = sa.select(Proposal.id, Proposal.author_id).join(Edition, Edition.proposal_id == Proposal.id)
    found = db.session.execute(query.where(Edition.id == edition_id, Edition.kind == ReportKind.LETTER)).first()
    if found is None:
        raise NotFound
    return LetterFacts(proposal_id=found.id, author_id=found.author_id)


def of_cycle(cycle_id: int) -> list[BatchFacts]:
    """The orders of a cycle, newest first."""
    query = sa.select(LetterBatch).where(LetterBatch.cycle_id == cycle_id).order_by(LetterBatch.id.desc())
    return [_facts(row) for row in db.session.scalars(query)]


def batch(batch_id: int) -> BatchFacts:
    """One order; NotFound for an unknown one."""
    row = db.session.get(LetterBatch, batch_id)
    if row is None:
        raise NotFound
    return _facts(row)


def to_freeze(batch_id: int) -> list[tuple[int, str]]:
    """(proposal id, language of its proposer) of every letter of an order that has no edition yet, in their order."""
    query = (
        sa.select(BatchLetter.proposal_id, Person.locale)
        .join(Proposal, Proposal.id == BatchLetter.proposal_id)
        .join(Person, Person.id == Proposal.author_id)
        .where(BatchLetter.batch_id == batch_id, BatchLetter.edition_id.is_(None))
    )
    return [(id_, locale) for id_, locale in db.session.execute(query.order_by(BatchLetter.position))]


def editions(batch_id: int) -> list[int]:
    """The editions of an order in the order of its file."""
    query = sa.select(BatchLetter.edition_id).where(BatchLetter.batch_id == batch_id).order_by(BatchLetter.position)
    return [id_ for id_ in db.session.scalars(query) if id_ is not None]


def file_hashes(batch_id: int) -> list[str]:
    """The readers' file of every letter of an order, in the order in which they are printed."""
    mine = sa.and_(EditionFile.edition_id == BatchLetter.edition_id, EditionFile.form == Form.READERS)
    query = sa.select(EditionFile.file_hash).join(BatchLetter, mine).join(Edition)
    query = query.where(BatchLetter.batch_id == batch_id, Edition.stage != EditionStage.DROPPED)
    return list(db.session.scalars(query.order_by(BatchLetter.position)))


def addresses(batch_id: int) -> list[Address]:
    """Where the letters of an order go, in the order of its file; only homes in the neighborhood whose clerk asks."""
    home = sa.and_(Residence.person_id == Proposal.author_id, Residence.neighborhood_id == Cycle.neighborhood_id)
    query = (
        sa.select(BatchLetter.position, Cycle.year, Proposal.number, Person.public_name)
        .add_columns(BatchLetter.by_post, Residence.address)
        .join(Proposal, Proposal.id == BatchLetter.proposal_id)
        .join(Person, Person.id == Proposal.author_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .outerjoin(Residence, home)
        .where(BatchLetter.batch_id == batch_id)
        .order_by(BatchLetter.position)
    )
    return [
        Address(position=position, proposal=code(year, number), name=name, by_post=by_post, address=address)
        for position, year, number, name, by_post, address in db.session.execute(query)
    ]


def waiting_for(edition_id: int) -> list[int]:
    """The unfinished orders that an edition is part of."""
    query = sa.select(LetterBatch.id).join(BatchLetter, BatchLetter.batch_id == LetterBatch.id)
    return list(
        db.session.scalars(query.where(BatchLetter.edition_id == edition_id, LetterBatch.finished_at.is_(None)))
    )


def is_whole(batch_id: int) -> bool:
    """Whether every letter of an order has its files."""
    unmade = sa.or_(BatchLetter.edition_id.is_(None), Edition.stage.in_((EditionStage.RENDERING, EditionStage.FAILED)))
    query = sa.select(BatchLetter.proposal_id).outerjoin(Edition, Edition.id == BatchLetter.edition_id)
    return db.session.scalars(query.where(BatchLetter.batch_id == batch_id, unmade).limit(1)).first() is None


def is_at_work(batch_id: int) -> bool:
    """Whether somebody is at work on an order: on its own jobs, or on a letter's files."""
    if any(jobs.is_on_its_way(kind, batch_id=batch_id) for kind in (FREEZE, BIND)):
        return True
    being_made = sa.select(BatchLetter.proposal_id).join(Edition, Edition.id == BatchLetter.edition_id)
    mine = being_made.where(BatchLetter.batch_id == batch_id, Edition.stage == EditionStage.RENDERING)
    return db.session.scalars(mine.limit(1)).first() is not None


def _facts(row: LetterBatch) -> BatchFacts:
    query = sa.select(BatchLetter.by_post, Edition.stage, Edition.id).outerjoin(
        Edition, Edition.id == BatchLetter.edition_id
    )
    letters: Collection[Any] = db.session.execute(query.where(BatchLetter.batch_id == row.id)).all()
    return BatchFacts(
        id=row.id,
        cycle_id=row.cycle_id,
        requested_at=row.requested_at,
        letters=len(letters),
        by_post=sum(each.by_post for each in letters),
        made=sum(each.stage is EditionStage.PUBLISHED for each in letters),
        failed=tuple(each.id for each in letters if each.stage is EditionStage.FAILED),
        file_hash=row.file_hash,
        size=row.size,
        finished_at=row.finished_at,
    )
