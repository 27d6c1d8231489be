"""Reading who reviews a proposal, who keeps away from it, and who could take it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person, RoleGrant
from app.accounts.queries import is_held
from app.core.access import Role
from app.core.db import db
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.places.models import Category, Neighborhood
from app.proposals.coauthors import queries as coauthors
from app.proposals.desk.models import PaperForm
from app.proposals.models import Proposal
from app.proposals.review.assigning.models import Assignment, DeclaredInterest
from app.proposals.review.assigning.rules import Bars, free
from app.proposals.review.models import PreparedFinding
from app.proposals.rules import OPEN_CYCLES, Stage, code
from app.proposals.second_looks.models import SecondLook
from app.proposals.second_looks.rules import Outcome

PAGE_SIZE = 20
TO_REVIEW = (Stage.SUBMITTED, Stage.NEEDS_CHANGES)


@dataclass(frozen=True, kw_only=True)
class OfficerFacts:
    """An officer who may be chosen."""

    id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class InterestFacts:
    """An interest as everybody may read it."""

    officer: str
    interest: str
    declared_at: datetime


@dataclass(frozen=True, kw_only=True)
class Hands:
    """In whose hands a proposal is: its reviewer since when, and who keeps away."""

    reviewer_id: int | None
    reviewer: str | None
    since: datetime | None
    interests: tuple[InterestFacts, ...]


@dataclass(frozen=True, kw_only=True)
class ToAssign:
    """A proposal as a clerk sees it who says who reviews it."""

    id: int
    code: str
    title: str
    category: str
    cycle_name: str
    time_zone: str
    submitted_at: datetime
    reviewer: str | None


def bars(proposal_id: int, author_id: int) -> Bars:
    """What stands between officers and this proposal now, in five statements."""
    interested = db.session.scalars(
        sa.select(DeclaredInterest.officer_id).where(DeclaredInterest.proposal_id == proposal_id)
    )
    overturned = (
        sa.select(SecondLook.decided_by_id, PreparedFinding.agreed_by_id)
        .outerjoin(PreparedFinding, PreparedFinding.review_id == SecondLook.review_id)
        .where(SecondLook.proposal_id == proposal_id, SecondLook.outcome == Outcome.REOPENED)
    )
    turned_down = {id_ for both in db.session.execute(overturned) for id_ in both if id_ is not None}
    return Bars(
        author_ids=frozenset({author_id, *coauthors.ids_of(proposal_id)}),
        interested=frozenset(interested),
        turned_down=frozenset(turned_down),
        typed_by_id=db.session.scalar(sa.select(PaperForm.typed_by_id).where(PaperForm.proposal_id == proposal_id)),
        reviewer_id=db.session.scalar(_standing(proposal_id).with_only_columns(Assignment.officer_id)),
    )


def hands(proposal_id: int) -> Hands:
    """Who reviews it and who keeps away, in two statements."""
    row = db.session.execute(
        _standing(proposal_id)
        .join(Person, Person.id == Assignment.officer_id)
        .with_only_columns(Assignment.officer_id, Person.public_name, Assignment.assigned_at)
    ).first()
    query = (
        sa.select(Person.public_name, DeclaredInterest.interest, DeclaredInterest.declared_at)
        .join(Person, Person.id == DeclaredInterest.officer_id)
        .where(DeclaredInterest.proposal_id == proposal_id)
        .order_by(DeclaredInterest.id)
    )
    interests = tuple(InterestFacts(officer=o, interest=i, declared_at=d) for o, i, d in db.session.execute(query))
    reviewer_id, reviewer, since = row or (None, None, None)
    return Hands(reviewer_id=reviewer_id, reviewer=reviewer, since=since, interests=interests)


def officers(neighborhood_id: int) -> list[OfficerFacts]:
    """Everybody who holds the office for this neighborhood today, by name."""
    query = (
        sa.select(RoleGrant, Person)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.OFFICER,
            sa.or_(RoleGrant.neighborhood_id.is_(None), RoleGrant.neighborhood_id == neighborhood_id),
            Person.active,
        )
        .order_by(Person.public_name, Person.id)
    )
    found = {person.id: person.public_name for grant, person in db.session.execute(query) if is_held(grant)}
    return [OfficerFacts(id=id_, name=name) for id_, name in found.items()]


def candidates(bars: Bars, neighborhood_id: int) -> list[OfficerFacts]:
    """The officers who may become its reviewer: nobody who keeps away, and not whoever has it."""
    there = officers(neighborhood_id)
    allowed = set(free(bars, [each.id for each in there]))
    return [each for each in there if each.id in allowed]


def to_assign(neighborhood_ids: Collection[int] | None, *, page: int = 1) -> Page[ToAssign]:
    """What is to be reviewed in these neighborhoods (None: in all): without a reviewer first, then by age."""
    reviewer = aliased(Person)
    query = (
        sa.select(
            Proposal.id,
            Cycle.year,
            Proposal.number,
            Proposal.title,
            Category.name,
            Cycle.name,
            Neighborhood.time_zone,
            Proposal.submitted_at,
            reviewer.public_name,
        )
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .join(Category, Category.id == Proposal.category_id)
        .outerjoin(Assignment, sa.and_(Assignment.proposal_id == Proposal.id, Assignment.ending.is_(None)))
        .outerjoin(reviewer, reviewer.id == Assignment.officer_id)
        .where(Proposal.stage.in_(TO_REVIEW), Proposal.number.is_not(None), Cycle.stage.in_(OPEN_CYCLES))
        .order_by(sa.case((Assignment.id.is_(None), 0), else_=1), Proposal.submitted_at, Proposal.id)
    )
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    return page_of(query, number=page, size=PAGE_SIZE, row=_to_assign)


def _standing(proposal_id: int) -> sa.Select[Any]:
    return sa.select(Assignment).where(Assignment.proposal_id == proposal_id, Assignment.ending.is_(None))


def _to_assign(id_: int, year: int, number: int, *rest: Any) -> ToAssign:
    names = "title category cycle_name time_zone submitted_at reviewer".split()
    return ToAssign(id=id_, code=code(year, number), **dict(zip(names, rest, strict=True)))
