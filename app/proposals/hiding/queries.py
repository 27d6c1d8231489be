"""Reading what is hidden and why, and what was reported."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.hiding.models import Hiding, PartReport
from app.proposals.hiding.rules import Part
from app.proposals.models import Proposal

PAGE_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What the public reads of a hiding: who, when and why, and the same where it was shown again."""

    id: int
    proposal_id: int
    part: Part
    part_id: int
    by: str
    at: datetime
    reason: str
    shown_by: str | None
    shown_at: datetime | None
    shown_reason: str | None


@dataclass(frozen=True, kw_only=True)
class HiddenRow:
    """A hiding with the proposal that it is of."""

    trace: Trace
    proposal: str
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class PartReportFacts:
    """What somebody found wrong."""

    concern: Concern
    note: str
    reported_at: datetime


def hidden(proposal_id: int, part: Part) -> dict[int, Trace]:
    """What is hidden of a proposal now, by its id or number."""
    return {each.part_id: each for each in traces(proposal_id, part) if each.shown_at is None}


def traces(proposal_id: int, part: Part) -> list[Trace]:
    """Everything of that kind that was ever hidden of a proposal, the oldest first."""
    query = _READ.where(Hiding.proposal_id == proposal_id, Hiding.part == part).order_by(Hiding.id)
    return [_trace(row) for row in db.session.scalars(query)]


def trace(hiding_id: int) -> Trace:
    """One of them; NotFound where there is none."""
    row = db.session.get(Hiding, hiding_id)
    if row is None:
        raise NotFound
    return _trace(row)


def hidden_ids(part: Part) -> sa.Select[int]:
    """The ids of everything of a kind that is hidden now, for use in another query."""
    return sa.select(Hiding.part_id).where(Hiding.part == part, Hiding.shown_at.is_(None))


def waiting_reports(proposal_id: int, part: Part, part_id: int) -> list[PartReportFacts]:
    """What was reported about a part and not settled yet, the oldest first."""
    query = sa.select(PartReport.concern, PartReport.note, PartReport.reported_at)
    found = db.session.execute(query.where(*about(proposal_id, part, part_id)).order_by(PartReport.id))
    return [PartReportFacts(concern=concern, note=note, reported_at=at) for concern, note, at in found]


def about(proposal_id: int, part: Part, part_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    """Reports of this part that wait for the office."""
    mine = PartReport.proposal_id == proposal_id, PartReport.part == part, PartReport.part_id == part_id
    return (*mine, PartReport.ending.is_(None))


def has_reported(proposal_id: int, part: Part, part_id: int, person_id: int) -> bool:
    """Whether somebody has reported this part before."""
    mine = PartReport.proposal_id == proposal_id, PartReport.part == part, PartReport.part_id == part_id
    return bool(db.session.scalar(sa.select(sa.exists().where(*mine, PartReport.person_id == person_id))))


def is_watched(proposal_id: int, part: Part, part_id: int) -> bool:
    """Whether a part is hidden, or waits for a look by the office: then its author does not take it away."""
    waits = sa.select(sa.exists().where(*about(proposal_id, part, part_id)))
    return part_id in hidden(proposal_id, part) or bool(db.session.scalar(waits))


def everything(neighborhood_ids: Collection[int] | None, *, page: int = 1) -> Page[HiddenRow]:
    """Every file and older text that was hidden in these neighborhoods (None: in all), the newest hiding first."""
    query = sa.select(Hiding, Proposal.title, Neighborhood.time_zone).options(*_PEOPLE)
    query = query.join(Proposal, Proposal.id == Hiding.proposal_id).join(Cycle, Cycle.id == Proposal.cycle_id)
    query = query.join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
    query = query.where(Hiding.part != Part.COMMENT).order_by(Hiding.id.desc())
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    return page_of(
        query,
        number=page,
        size=PAGE_SIZE,
        row=lambda row, title, zone: HiddenRow(trace=_trace(row), proposal=title, time_zone=zone),
    )


_PEOPLE = (joinedload(Hiding.hidden_by), joinedload(Hiding.shown_by))
_READ = sa.select(Hiding).options(*_PEOPLE)


def _trace(row: Hiding) -> Trace:
    return Trace(
        id=row.id,
        proposal_id=row.proposal_id,
        part=row.part,
        part_id=row.part_id,
        by=row.hidden_by.public_name,
        at=row.hidden_at,
        reason=row.reason,
        shown_by=row.shown_by.public_name if row.shown_by else None,
        shown_at=row.shown_at,
        shown_reason=row.shown_reason,
    )
