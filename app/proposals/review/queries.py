"""Reading reviews: the officers' queue, what was found, and the story of a proposal so far."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.accounts.models import Person
from app.core.db import db
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.places.models import Category, Neighborhood
from app.proposals.models import Proposal
from app.proposals.queries import ProposalDetail
from app.proposals.review.assigning.models import Assignment
from app.proposals.review.assigning.queries import Hands, hands
from app.proposals.review.models import Costing, PreparedFinding, Review
from app.proposals.review.rules import ChecklistReply, Decision, Ending, Heap, Money, PricedLine, Reason, is_running_out
from app.proposals.rules import LEFT, OPEN_CYCLES, Stage, code
from app.proposals.second_looks.models import SecondLook

PAGE_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A proposal in the officers' queue; `waiting_since` is when it last came in, `reviewer` who has it.

    `answer_until` is until when its author may answer a wish for changes, `prepared_at` since when a finding waits.
    """

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
    reviewer: str | None = None
    answer_until: datetime | None = None
    prepared_at: datetime | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether its author was asked to change it and the time for that is over."""
        return self.stage is Stage.NEEDS_CHANGES and is_running_out(self.answer_until, now)


@dataclass(frozen=True, kw_only=True)
class CostingFacts:
    """A price with its lines and its note; `cost_cents` is what the pot pays."""

    cost_cents: int
    running_cost_cents: int
    running_payer: str | None
    note: str
    lines: tuple[PricedLine, ...]

    def pot_cents(self, money: Money) -> int:
        """What the pot pays for what stays, or for a year of keeping it going."""
        return sum(line.amount_cents for line in self.lines if line.money is money and not line.payer)

    @property
    def others_cents(self) -> int:
        """What others than the pot pay."""
        return sum(line.amount_cents for line in self.lines if line.payer)


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
    agreed_by: str | None = None
    answer_until: datetime | None = None
    answers: tuple[ChecklistReply, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a review stands, as everybody may know it: in whose hands, and whether a finding is being prepared.

    What a prepared finding says is for officers only.
    """

    hands: Hands
    prepared_at: datetime | None
    waits_for_second: bool


class Chapter(StrEnum):
    """What a moment in the story of a proposal was."""

    SUBMITTED = "submitted"
    EDITED = "edited"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"
    ON_PAPER = "on_paper"
    ON_BALLOT = "on_ballot"
    LOOK_ASKED = "look_asked"
    LOOK_REOPENED = "look_reopened"
    LOOK_STANDS = "look_stands"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A chapter with its time, and the finding where it was a review."""

    chapter: Chapter
    at: datetime
    finding: Finding | None = None
    by: str | None = None
    on: date | None = None
    """The day it is about, where that is another than the one of `at`."""


def queue(
    neighborhood_ids: Collection[int] | None,
    *,
    viewer_id: int,
    heap: Heap = Heap.WAITING,
    cycle_id: int | None = None,
    category_id: int | None = None,
    page: int = 1,
) -> Page[QueueRow]:
    """The proposals of a heap in these neighborhoods (None: in all) whose ballot is not fixed.

    The longest waiting come first; of those whose authors are to answer, whoever has the least time left.
    """
    query = _queued(viewer_id).where(*_heaped(heap, viewer_id))
    if heap is Heap.CHANGES:
        query = query.order_by(None).order_by(_ANSWER_UNTIL, Proposal.id)
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    if cycle_id is not None:
        query = query.where(Proposal.cycle_id == cycle_id)
    if category_id is not None:
        query = query.where(Proposal.category_id == category_id)
    return page_of(query, number=page, size=PAGE_SIZE, row=_row)


def came_back(officer_id: int, proposal_ids: Collection[int]) -> frozenset[int]:
    """Those of the proposals about which another officer sent this one's finding back, and nobody has decided since."""
    decided = sa.exists().where(
        Review.proposal_id == PreparedFinding.proposal_id, Review.decided_at > PreparedFinding.ended_at
    )
    query = sa.select(PreparedFinding.proposal_id).where(
        PreparedFinding.proposal_id.in_(proposal_ids),
        PreparedFinding.officer_id == officer_id,
        PreparedFinding.ending == Ending.SENT_BACK,
        sa.not_(decided),
    )
    return frozenset(db.session.scalars(query))


def standing(proposal_id: int) -> Standing:
    """Where the review of a proposal stands, in three statements."""
    query = sa.select(PreparedFinding.prepared_at, PreparedFinding.needs_second, PreparedFinding.agreed_by_id)
    waits = PreparedFinding.proposal_id == proposal_id, PreparedFinding.ending.is_(None)
    prepared_at, needs_second, agreed_by_id = db.session.execute(query.where(*waits)).first() or (None, False, None)
    return Standing(
        hands=hands(proposal_id),
        prepared_at=prepared_at,
        waits_for_second=bool(needs_second) and agreed_by_id is None,
    )


def history(proposal_id: int) -> list[Finding]:
    """Every finding about a proposal, the newest first."""
    query = (
        sa.select(Review)
        .options(
            joinedload(Review.officer),
            joinedload(Review.costing).options(selectinload(Costing.lines)),
            joinedload(Review.prepared).options(joinedload(PreparedFinding.agreed_by)),
            selectinload(Review.answers),
        )
        .where(Review.proposal_id == proposal_id)
        .order_by(Review.id.desc())
    )
    return [_finding(review) for review in db.session.scalars(query)]


def price(findings: Sequence[Finding]) -> CostingFacts | None:
    """The newest price among findings that are ordered newest first."""
    return next((finding.costing for finding in findings if finding.costing is not None), None)


def story(proposal: ProposalDetail, findings: Sequence[Finding], more: Sequence[Moment] = ()) -> list[Moment]:
    """What has happened to a proposal so far, in order, with what other rooms tell of it."""
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
    told += more
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


_ANSWER_UNTIL = (
    sa.select(Review.answer_until)
    .where(Review.proposal_id == Proposal.id)
    .order_by(Review.id.desc())
    .limit(1)
    .correlate(Proposal)
    .scalar_subquery()
)


def _queued(viewer_id: int) -> sa.Select[Any]:
    since = _waiting_since()
    reviewer = aliased(Person)
    return (
        sa.select(
            *_QUEUED,
            since,
            Proposal.author_id == viewer_id,
            reviewer.public_name,
            _ANSWER_UNTIL.label("answer_until"),
            PreparedFinding.prepared_at,
        )
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .join(Category, Category.id == Proposal.category_id)
        .join(Person, Person.id == Proposal.author_id)
        .outerjoin(Assignment, sa.and_(Assignment.proposal_id == Proposal.id, Assignment.ending.is_(None)))
        .outerjoin(reviewer, reviewer.id == Assignment.officer_id)
        .outerjoin(
            PreparedFinding, sa.and_(PreparedFinding.proposal_id == Proposal.id, PreparedFinding.ending.is_(None))
        )
        .where(Proposal.number.is_not(None), Cycle.stage.in_(OPEN_CYCLES))
        .order_by(since, Proposal.id)
    )


def _heaped(heap: Heap, viewer_id: int) -> list[sa.ColumnElement[bool]]:
    if heap is Heap.SECOND:
        no_second = sa.and_(PreparedFinding.needs_second, PreparedFinding.agreed_by_id.is_(None))
        return [PreparedFinding.id.is_not(None), no_second, Proposal.stage.not_in(LEFT)]
    if heap is Heap.LOOKS:
        asked = SecondLook.proposal_id == Proposal.id, SecondLook.outcome.is_(None)
        return [Proposal.stage == Stage.NOT_FEASIBLE, sa.exists().where(*asked)]
    if heap is Heap.UNASSIGNED:
        return [Proposal.stage == Stage.SUBMITTED, Assignment.id.is_(None)]
    if heap is Heap.MINE:
        return [Proposal.stage.in_((Stage.SUBMITTED, Stage.NEEDS_CHANGES)), Assignment.officer_id == viewer_id]
    return [Proposal.stage == _STAGE_OF[heap]]


_STAGE_OF = {
    Heap.WAITING: Stage.SUBMITTED,
    Heap.CHANGES: Stage.NEEDS_CHANGES,
    Heap.FEASIBLE: Stage.FEASIBLE,
    Heap.NOT_FEASIBLE: Stage.NOT_FEASIBLE,
}


def _waiting_since() -> sa.ColumnElement[datetime]:
    judged_before = sa.exists().where(Review.proposal_id == Proposal.id)
    again = sa.and_(judged_before, Proposal.edited_at.is_not(None))
    return sa.case((again, Proposal.edited_at), else_=Proposal.submitted_at).label("waiting_since")


def _row(id_: int, year: int, number: int, title: str, *rest: Any) -> QueueRow:
    names = "stage category author cycle_name currency time_zone cost_cents waiting_since is_own"
    names += " reviewer answer_until prepared_at"
    facts = dict(zip(names.split(), rest, strict=True))
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
        agreed_by=_name_of_second(review.prepared),
        answer_until=review.answer_until,
        answers=tuple(
            ChecklistReply(question=each.question, reply=each.reply, sentence=each.sentence) for each in review.answers
        ),
    )


def _name_of_second(prepared: PreparedFinding | None) -> str | None:
    return prepared.agreed_by.public_name if prepared and prepared.agreed_by else None


def _costing(costing: Costing) -> CostingFacts:
    return CostingFacts(
        cost_cents=costing.cost_cents,
        running_cost_cents=costing.running_cost_cents,
        running_payer=costing.running_payer,
        note=costing.note,
        lines=tuple(
            PricedLine(
                label=line.label,
                amount_cents=line.amount_cents,
                source=line.source or "",
                money=line.money,
                payer=line.payer or "",
            )
            for line in costing.lines
        ),
    )
