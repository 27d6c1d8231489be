"""Reading prices for objection: the newest costing of each proposal, and what was said about it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.access import Actor
from app.core.clock import deadline_now
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.cycles.queries import CycleFacts
from app.proposals.ballot_texts import queries as texts
from app.proposals.models import Proposal
from app.proposals.prices import policies
from app.proposals.prices.models import PriceObjection
from app.proposals.prices.rules import Outcome, why_not_object
from app.proposals.queries import ProposalDetail
from app.proposals.review.models import Costing
from app.proposals.rules import OPEN_CYCLES, Stage, code

PAGE_SIZE = 25


@dataclass(frozen=True, kw_only=True)
class PriceFacts:
    """The newest costing of a proposal: what it costs once, and each year after."""

    id: int
    proposal_id: int
    cost_cents: int
    running_cost_cents: int
    costed_at: datetime


@dataclass(frozen=True, kw_only=True)
class ObjectionFacts:
    """An objection as everybody may read it; whoever raised it is not named."""

    id: int
    proposal_id: int
    cost_cents: int
    reason: str
    raised_at: datetime
    outcome: Outcome | None
    answer: str | None
    officer: str | None
    answered_at: datetime | None
    new_cost_cents: int | None


@dataclass(frozen=True, kw_only=True)
class TowardsBallot:
    """What a proposal's page says about its way to the ballot."""

    text: texts.Around
    objections: list[ObjectionFacts]
    may_object: bool
    may_answer: bool


@dataclass(frozen=True, kw_only=True)
class PricedRow:
    """A feasible proposal in the list of prices."""

    proposal_id: int
    code: str
    title: str
    cost_cents: int
    running_cost_cents: int | None
    open: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An objection that waits for an officer."""

    id: int
    title: str
    cycle_name: str
    raised_at: datetime


def newest_costings(proposal_ids: Collection[int]) -> dict[int, PriceFacts]:
    """The price that counts of each of these proposals; nothing for one without a costing."""
    if not proposal_ids:
        return {}
    last = sa.select(sa.func.max(Costing.id)).where(Costing.proposal_id.in_(proposal_ids)).group_by(Costing.proposal_id)
    query = sa.select(
        Costing.id, Costing.proposal_id, Costing.cost_cents, Costing.running_cost_cents, Costing.costed_at
    ).where(Costing.id.in_(last))
    return {row.proposal_id: PriceFacts(**row._mapping) for row in db.session.execute(query)}


def of_proposal(proposal_id: int) -> list[ObjectionFacts]:
    """Every objection to a price of a proposal, the newest first."""
    return _found(PriceObjection.proposal_id == proposal_id)


def objection(objection_id: int) -> ObjectionFacts:
    """One objection; NotFound for an unknown one."""
    found = _found(PriceObjection.id == objection_id)
    if not found:
        raise NotFound
    return found[0]


def unanswered(proposal_ids: Collection[int]) -> list[int]:
    """Which of these proposals have an objection to their price that nobody has answered."""
    query = sa.select(PriceObjection.proposal_id).where(
        PriceObjection.proposal_id.in_(proposal_ids), PriceObjection.outcome.is_(None)
    )
    return sorted(set(db.session.scalars(query)))


def unpublished(cycle: CycleFacts, proposal_ids: Collection[int]) -> list[int]:
    """Which of these have a price nobody could object to: costed after the prices phase, and not as an answer in it."""
    if cycle.plan is None or cycle.plan.prices_until is None:
        return []
    answers = set(db.session.scalars(sa.select(PriceObjection.new_costing_id)))
    priced = newest_costings(proposal_ids)
    late = [p for p in priced.values() if p.costed_at >= cycle.plan.prices_until and p.id not in answers]
    return sorted(p.proposal_id for p in late)


def towards_ballot(proposal: ProposalDetail, cycle: CycleFacts, viewer: Actor | None) -> TowardsBallot:
    """Short text, objections to the price, and what this viewer can do about them."""
    said = of_proposal(proposal.id) if cycle.plan is not None and cycle.plan.prices_from is not None else []
    is_resident = policies.may_object(viewer, proposal.neighborhood_id)
    return TowardsBallot(
        text=texts.around(proposal, cycle, viewer),
        objections=said,
        may_object=is_resident and _can_be_objected_to(proposal, cycle),
        may_answer=viewer is not None
        and policies.may_answer(
            viewer,
            author_id=proposal.author_id,
            co_authors=proposal.co_author_ids,
            neighborhood_id=proposal.neighborhood_id,
        ),
    )


def published(cycle: CycleFacts, *, page: int = 1) -> Page[PricedRow]:
    """The feasible proposals of a cycle with their prices and how many objections each has, by number."""
    is_open, is_answered = PriceObjection.outcome.is_(None), PriceObjection.outcome.is_not(None)
    query = (
        sa.select(Proposal.id, Proposal.number, Proposal.title, Proposal.cost_cents, _running(), _count(is_open))
        .add_columns(_count(is_answered))
        .where(Proposal.cycle_id == cycle.id, Proposal.stage.in_((Stage.FEASIBLE, Stage.ON_BALLOT)))
        .order_by(Proposal.number)
    )

    def row(id_: int, number: int, title: str, cost: int, running: int | None, open_: int, answered: int) -> PricedRow:
        return PricedRow(
            proposal_id=id_,
            code=code(cycle.year, number),
            title=title,
            cost_cents=cost,
            running_cost_cents=running,
            open=open_,
            answered=answered,
        )

    return page_of(query, number=page, size=PAGE_SIZE, row=row)


def waiting(neighborhood_ids: Collection[int] | None, *, page: int = 1) -> Page[Waiting]:
    """The objections that wait for an officer of these neighborhoods (None: of all), the longest first."""
    query = (
        sa.select(PriceObjection.id, Proposal.title, Cycle.name, PriceObjection.raised_at)
        .join(Proposal, Proposal.id == PriceObjection.proposal_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .where(PriceObjection.outcome.is_(None), Cycle.stage.in_(OPEN_CYCLES))
        .order_by(PriceObjection.raised_at, PriceObjection.id)
    )
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    names = ("id", "title", "cycle_name", "raised_at")
    return page_of(query, number=page, size=PAGE_SIZE, row=lambda *row: Waiting(**dict(zip(names, row, strict=True))))


def _can_be_objected_to(proposal: ProposalDetail, cycle: CycleFacts) -> bool:
    reason = why_not_object(
        proposal.stage,
        plan=cycle.plan,
        cycle_stage=proposal.cycle_stage,
        costing_id=1 if proposal.cost_cents is not None else None,
        before=False,
        now=deadline_now(),
    )
    return reason is None


def _running() -> sa.ScalarSelect[int]:
    query = sa.select(Costing.running_cost_cents).where(Costing.proposal_id == Proposal.id)
    return query.order_by(Costing.id.desc()).limit(1).scalar_subquery()


def _count(condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    query = sa.select(sa.func.count()).select_from(PriceObjection)
    return query.where(PriceObjection.proposal_id == Proposal.id, condition).scalar_subquery()


def _found(condition: sa.ColumnElement[bool]) -> list[ObjectionFacts]:
    old, new = sa.orm.aliased(Costing), sa.orm.aliased(Costing)
    query = (
        sa.select(PriceObjection, old.cost_cents, new.cost_cents)
        .join(old, old.id == PriceObjection.costing_id)
        .outerjoin(new, new.id == PriceObjection.new_costing_id)
        .options(joinedload(PriceObjection.officer))
        .where(condition)
        .order_by(PriceObjection.id.desc())
    )
    return [_facts(*row) for row in db.session.execute(query)]


def _facts(row: PriceObjection, cost_cents: int, new_cost_cents: int | None) -> ObjectionFacts:
    return ObjectionFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        cost_cents=cost_cents,
        reason=row.reason,
        raised_at=row.raised_at,
        outcome=row.outcome,
        answer=row.answer,
        officer=row.officer.public_name if row.officer else None,
        answered_at=row.answered_at,
        new_cost_cents=new_cost_cents,
    )
