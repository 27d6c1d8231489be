"""Reading reviews: the officers' queue, what was found, and the story of a proposal so far."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Person
from app.core.db import db
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.places.models import Category, Neighborhood
from app.proposals.models import Proposal
from app.proposals.queries import ProposalDetail
from app.proposals.review.models import Costing, Review
from app.proposals.review.rules import Decision, Reason
from app.proposals.rules import OPEN_CYCLES, CostLine, Stage, code

PAGE_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A proposal in the officers' queue; `waiting_since` is when it last came in."""

    id: int
    code: str
    title: str
    stage: Stage
    category: str
    author: str
    cycle_name: str
    currency: str
    time_zone: str
    cost_cents: int | None
    waiting_since: datetime
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class CostingFacts:
    """A price with its lines and its note."""

    cost_cents: int
    running_cost_cents: int
    note: str
    lines: tuple[CostLine, ...]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One review as everybody may read it."""

    decision: Decision
    reason: Reason
    explanation: str
    interest: str | None
    officer: str
    decided_at: datetime
    costing: CostingFacts | None


class Chapter(StrEnum):
    """What a moment in the story of a proposal was."""

    SUBMITTED = "submitted"
    EDITED = "edited"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"
    ON_BALLOT = "on_ballot"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A chapter with its time, and the finding where it was a review."""

    chapter: Chapter
    at: datetime
    finding: Finding | None = None


def queue(
    neighborhood_ids: Collection[int] | None,
    *,
    viewer_id: int,
    stage: Stage = Stage.SUBMITTED,
    cycle_id: int | None = None,
    category_id: int | None = None,
    page: int = 1,
) -> Page[QueueRow]:
    """Proposals in `stage` in these neighborhoods (None: in all) whose ballot is not fixed, longest waiting first."""
    since = _waiting_since()
    query = (
        sa.select(*_QUEUED, since, Proposal.author_id == viewer_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .join(Category, Category.id == Proposal.category_id)
        .join(Person, Person.id == Proposal.author_id)
        .where(Proposal.stage == stage, Proposal.number.is_not(None), Cycle.stage.in_(OPEN_CYCLES))
        .order_by(since, Proposal.id)
    )
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    if cycle_id is not None:
        query = query.where(Proposal.cycle_id == cycle_id)
    if category_id is not None:
        query = query.where(Proposal.category_id == category_id)
    return page_of(query, number=page, size=PAGE_SIZE, row=_row)


def history(proposal_id: int) -> list[Finding]:
    """Every finding about a proposal, the newest first."""
    query = (
        sa.select(Review)
        .options(joinedload(Review.officer), joinedload(Review.costing).options(selectinload(Costing.lines)))
        .where(Review.proposal_id == proposal_id)
        .order_by(Review.id.desc())
    )
    return [_finding(review) for review in db.session.scalars(query)]


def price(findings: Sequence[Finding]) -> CostingFacts | None:
    """The newest price among findings that are ordered newest first."""
    return next((finding.costing for finding in findings if finding.costing is not None), None)


def story(proposal: ProposalDetail, findings: Sequence[Finding]) -> list[Moment]:
    """What has happened to a proposal so far, in order."""
    told = [
        Moment(chapter=chapter, at=at)
        for chapter, at in (
            (Chapter.SUBMITTED, proposal.submitted_at),
            (Chapter.EDITED, proposal.edited_at if proposal.submitted_at else None),
            (Chapter.ON_BALLOT, proposal.ballot_fixed_at if proposal.is_option else None),
            (Chapter.WITHDRAWN, proposal.withdrawn_at),
        )
        if at is not None
    ]
    told += [Moment(chapter=Chapter.REVIEWED, at=finding.decided_at, finding=finding) for finding in findings]
    after = [m for m in told if m.chapter is not Chapter.EDITED or (proposal.submitted_at or m.at) <= m.at]
    return sorted(after, key=lambda moment: moment.at)


_QUEUED: tuple[Any, ...] = (
    Proposal.id,
    Cycle.year,
    Proposal.number,
    Proposal.title,
    Proposal.stage,
    Category.name,
    Person.public_name,
    Cycle.name,
    Neighborhood.currency,
    Neighborhood.time_zone,
    Proposal.cost_cents,
)


def _waiting_since() -> sa.ColumnElement[datetime]:
    judged_before = sa.exists().where(Review.proposal_id == Proposal.id)
    again = sa.and_(judged_before, Proposal.edited_at.is_not(None))
    return sa.case((again, Proposal.edited_at), else_=Proposal.submitted_at).label("waiting_since")


def _row(id_: int, year: int, number: int, title: str, *rest: Any) -> QueueRow:
    names = "stage category author cycle_name currency time_zone cost_cents waiting_since is_own".split()
    facts = dict(zip(names, rest, strict=True))
    return QueueRow(id=id_, code=code(year, number), title=title, **facts)


def _finding(review: Review) -> Finding:
    return Finding(
        decision=review.decision,
        reason=review.reason,
        explanation=review.explanation,
        interest=review.interest,
        officer=review.officer.public_name,
        decided_at=review.decided_at,
        costing=None if review.costing is None else _costing(review.costing),
    )


def _costing(costing: Costing) -> CostingFacts:
    return CostingFacts(
        cost_cents=costing.cost_cents,
        running_cost_cents=costing.running_cost_cents,
        note=costing.note,
        lines=tuple(CostLine(label=line.label, amount_cents=line.amount_cents) for line in costing.lines),
    )
