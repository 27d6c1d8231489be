"""Reading what waits for the office, and who has read what was removed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.proposals.models import Proposal
from app.proposals.names.models import OriginalReading, WithheldWords
from app.proposals.names.queries import Names, around
from app.proposals.names.rules import Ending, Kind
from app.proposals.queries import ProposalDetail
from app.proposals.splitting.queries import Parts
from app.proposals.splitting.queries import around as parts_around

PAGE_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class ReadingFacts:
    """Who has read removed words, when and what for."""

    by: str
    at: datetime
    purpose: str


@dataclass(frozen=True, kw_only=True)
class RemovedRow:
    """Removed words as those who watch the office find them: everything but the words."""

    withheld_id: int
    mark: str
    kind: Kind
    reason: str
    by: str
    at: datetime
    proposal_id: int
    proposal: str
    time_zone: str
    readings: tuple[ReadingFacts, ...]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside a proposal on its page: words that are kept back or removed, and what it was split into."""

    names: Names
    parts: Parts


def beside(proposal: ProposalDetail, viewer: Actor | None) -> Beside:
    """Both, for its viewer."""
    return Beside(names=around(proposal.id, viewer), parts=parts_around(proposal, viewer))


def next_waiting(proposal_id: int) -> int | None:
    """The next words of a proposal that wait for the office, if there are any."""
    query = sa.select(WithheldWords.id).where(WithheldWords.proposal_id == proposal_id, WithheldWords.ending.is_(None))
    return db.session.scalar(query.order_by(WithheldWords.id).limit(1))


def removed(neighborhood_ids: Collection[int] | None, *, page: int = 1) -> Page[RemovedRow]:
    """What was removed in these neighborhoods (None: in all), the newest first, with who has read it since."""
    query = (
        sa.select(WithheldWords, Person.public_name, Proposal.title, Neighborhood.time_zone)
        .join(Person, Person.id == WithheldWords.ended_by_id)
        .join(Proposal, Proposal.id == WithheldWords.proposal_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .where(WithheldWords.ending == Ending.REMOVED)
        .order_by(WithheldWords.ended_at.desc(), WithheldWords.id.desc())
    )
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    return page_of(query, number=page, size=PAGE_SIZE, row=_removed)


def _removed(row: WithheldWords, by: str, title: str, time_zone: str) -> RemovedRow:
    assert row.ended_at is not None
    return RemovedRow(
        withheld_id=row.id,
        mark=row.mark,
        kind=row.kind,
        reason=row.reason or "",
        by=by,
        at=row.ended_at,
        proposal_id=row.proposal_id,
        proposal=title,
        time_zone=time_zone,
        readings=tuple(_readings(row.id)),
    )


def _readings(withheld_id: int) -> list[ReadingFacts]:
    query = sa.select(Person.public_name, OriginalReading.read_at, OriginalReading.purpose)
    query = query.join(Person, Person.id == OriginalReading.person_id).order_by(OriginalReading.id)
    found = db.session.execute(query.where(OriginalReading.withheld_id == withheld_id))
    return [ReadingFacts(by=by, at=at, purpose=purpose) for by, at, purpose in found]
