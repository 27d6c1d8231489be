"""Reading second looks: those about one proposal, and what waits for officers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.proposals.models import Proposal
from app.proposals.queries import ProposalDetail
from app.proposals.review.assigning.models import DeclaredInterest
from app.proposals.review.models import PreparedFinding
from app.proposals.review.queries import Chapter, Finding, Moment
from app.proposals.rules import OPEN_CYCLES, Stage, code, open_to_change
from app.proposals.second_looks.models import SecondLook
from app.proposals.second_looks.rules import Outcome, ask_until, due_at, why_not_ask

PAGE_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class SecondLookFacts:
    """A second look as everybody may read it."""

    id: int
    proposal_id: int
    asked: str
    asked_at: datetime
    outcome: Outcome | None
    answer: str | None
    answered_at: datetime | None
    officer: str | None

    @property
    def due_at(self) -> datetime:
        """Until when its answer is promised."""
        return due_at(self.asked_at)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A second look that waits for an answer; `may_answer` is not so for whoever had a part in it."""

    id: int
    code: str
    title: str
    cycle_name: str
    time_zone: str
    asked_at: datetime
    may_answer: bool

    @property
    def due_at(self) -> datetime:
        """Until when its answer is promised."""
        return due_at(self.asked_at)


def of_proposal(proposal_id: int) -> list[SecondLookFacts]:
    """Every second look at a proposal, the newest first."""
    query = (
        sa.select(SecondLook, Person.public_name)
        .outerjoin(Person, Person.id == SecondLook.officer_id)
        .where(SecondLook.proposal_id == proposal_id)
        .order_by(SecondLook.id.desc())
    )
    return [_facts(row, officer) for row, officer in db.session.execute(query)]


def moments(looks: Sequence[SecondLookFacts]) -> list[Moment]:
    """What second looks add to the story of a proposal."""
    told = [Moment(chapter=Chapter.LOOK_ASKED, at=look.asked_at) for look in looks]
    for look in looks:
        if look.answered_at is not None:
            reopened = look.outcome is Outcome.REOPENED
            chapter = Chapter.LOOK_REOPENED if reopened else Chapter.LOOK_STANDS
            told.append(Moment(chapter=chapter, at=look.answered_at, by=look.officer))
    return told


def find(second_look_id: int) -> SecondLookFacts:
    """One second look; NotFound for an unknown one."""
    row = db.session.get(SecondLook, second_look_id)
    if row is None:
        raise NotFound
    return _facts(row, row.officer.public_name if row.officer else None)


def open_until(
    proposal: ProposalDetail, findings: list[Finding], looks: list[SecondLookFacts], now: datetime
) -> datetime | None:
    """Until when its author can ask for a second look, or None where they cannot; `findings` newest first."""
    newest = findings[0] if findings else None
    reason = why_not_ask(
        proposal.stage,
        decided_at=newest.decided_at if newest else None,
        asked_before=bool(newest and looks and looks[0].asked_at >= newest.decided_at),
        is_open=open_to_change(proposal.cycle_stage),
        now=now,
    )
    return ask_until(newest.decided_at) if newest and reason is None else None


def waiting(neighborhood_ids: Collection[int] | None, *, viewer_id: int, page: int = 1) -> Page[Waiting]:
    """What waits for an answer in these neighborhoods (None: in all), the longest first, but nobody's own proposal."""
    query = (
        sa.select(
            SecondLook.id,
            Cycle.year,
            Proposal.number,
            Proposal.title,
            Cycle.name,
            Neighborhood.time_zone,
            SecondLook.asked_at,
            sa.not_(sa.or_(SecondLook.decided_by_id == viewer_id, _has_agreed(viewer_id), _is_near(viewer_id))),
        )
        .join(Proposal, Proposal.id == SecondLook.proposal_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .where(
            SecondLook.outcome.is_(None),
            Proposal.stage == Stage.NOT_FEASIBLE,
            Cycle.stage.in_(OPEN_CYCLES),
            SecondLook.author_id != viewer_id,
        )
        .order_by(SecondLook.asked_at, SecondLook.id)
    )
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    return page_of(query, number=page, size=PAGE_SIZE, row=_waiting)


def _has_agreed(viewer_id: int) -> sa.ColumnElement[bool]:
    found = PreparedFinding.review_id == SecondLook.review_id, PreparedFinding.agreed_by_id == viewer_id
    return sa.exists().where(*found)


def _is_near(viewer_id: int) -> sa.ColumnElement[bool]:
    mine = DeclaredInterest.proposal_id == SecondLook.proposal_id, DeclaredInterest.officer_id == viewer_id
    return sa.exists().where(*mine)


def _facts(row: SecondLook, officer: str | None) -> SecondLookFacts:
    return SecondLookFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        asked=row.asked,
        asked_at=row.asked_at,
        outcome=row.outcome,
        answer=row.answer,
        answered_at=row.answered_at,
        officer=officer,
    )


def _waiting(id_: int, year: int, number: int, title: str, *rest: Any) -> Waiting:
    cycle_name, time_zone, asked_at, may_answer = rest
    return Waiting(
        id=id_,
        code=code(year, number),
        title=title,
        cycle_name=cycle_name,
        time_zone=time_zone,
        asked_at=asked_at,
        may_answer=bool(may_answer),
    )
