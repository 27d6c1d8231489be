"""Reading prepared findings: what one says, what waits for a second officer, and what may be published."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.proposals.models import Proposal
from app.proposals.review.models import PreparedFinding, ReviewSettings
from app.proposals.review.queries import CostingFacts
from app.proposals.review.rules import Decision, Ending, pot_cents
from app.proposals.review.services import ReviewProposal, from_plain
from app.proposals.rules import LEFT, OPEN_CYCLES, code

PAGE_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class SettingsFacts:
    """How a cycle is reviewed."""

    second_above_cents: int | None = None
    together: bool = False


@dataclass(frozen=True, kw_only=True)
class PreparedFacts:
    """A prepared finding as officers read it."""

    id: int
    proposal_id: int
    officer_id: int
    officer: str
    finding: ReviewProposal
    at_stake_cents: int
    needs_second: bool
    prepared_at: datetime
    agreed_by: str | None
    ending: Ending | None
    ended_reason: str | None

    @property
    def price(self) -> CostingFacts:
        """The price as it will be read."""
        said = self.finding
        return CostingFacts(
            cost_cents=pot_cents(said.lines),
            running_cost_cents=said.running_cost_cents,
            running_payer=said.running_payer or None,
            note=said.note,
            lines=said.lines,
        )


@dataclass(frozen=True, kw_only=True)
class ReadyRow:
    """A finding that may be published."""

    id: int
    proposal_id: int
    code: str
    title: str
    cycle_name: str
    time_zone: str
    decision: Decision
    officer: str
    agreed_by: str | None
    prepared_at: datetime
    has_changed: bool
    """Whether its author has changed the words since, so that it goes back to its writer."""


def settings(cycle_id: int) -> SettingsFacts:
    """How a cycle is reviewed; no second officer and one by one where a clerk has said nothing."""
    row = db.session.get(ReviewSettings, cycle_id)
    return SettingsFacts(second_above_cents=row.second_above_cents, together=row.together) if row else SettingsFacts()


def find(prepared_id: int) -> PreparedFacts:
    """One prepared finding; NotFound for an unknown one."""
    row = db.session.get(PreparedFinding, prepared_id)
    if row is None:
        raise NotFound
    return _facts(row)


def newest(proposal_id: int) -> PreparedFacts | None:
    """The newest finding prepared about a proposal, whatever became of it, or None."""
    query = sa.select(PreparedFinding).where(PreparedFinding.proposal_id == proposal_id)
    row = db.session.scalars(query.order_by(PreparedFinding.id.desc()).limit(1)).first()
    return _facts(row) if row else None


def ready(neighborhood_ids: Collection[int] | None, *, viewer_id: int, page: int = 1) -> Page[ReadyRow]:
    """What may be published in these neighborhoods (None: in all), the longest waiting first, but nobody's own."""
    officer, second = aliased(Person), aliased(Person)
    query = (
        sa.select(
            PreparedFinding.id,
            Proposal.id,
            Cycle.year,
            Proposal.number,
            Proposal.title,
            Cycle.name,
            Neighborhood.time_zone,
            PreparedFinding.decision,
            officer.public_name,
            second.public_name,
            PreparedFinding.prepared_at,
            sa.func.coalesce(Proposal.edited_at > PreparedFinding.prepared_at, sa.false()),
        )
        .join(Proposal, Proposal.id == PreparedFinding.proposal_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .join(officer, officer.id == PreparedFinding.officer_id)
        .outerjoin(second, second.id == PreparedFinding.agreed_by_id)
        .where(
            PreparedFinding.ending.is_(None),
            sa.or_(sa.not_(PreparedFinding.needs_second), PreparedFinding.agreed_by_id.is_not(None)),
            Proposal.stage.not_in(LEFT),
            Proposal.author_id != viewer_id,
            Cycle.stage.in_(OPEN_CYCLES),
        )
        .order_by(PreparedFinding.prepared_at, PreparedFinding.id)
    )
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    return page_of(query, number=page, size=PAGE_SIZE, row=_ready)


def unpublished(cycle_id: int) -> list[str]:
    """The codes of proposals of a cycle about which a finding waits: its ballot waits with them."""
    query = (
        sa.select(Cycle.year, Proposal.number)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(PreparedFinding, PreparedFinding.proposal_id == Proposal.id)
        .where(Proposal.cycle_id == cycle_id, PreparedFinding.ending.is_(None), Proposal.stage.not_in(LEFT))
        .order_by(Proposal.number)
    )
    return [code(year, number or 0) for year, number in db.session.execute(query)]


def _facts(row: PreparedFinding) -> PreparedFacts:
    return PreparedFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        officer_id=row.officer_id,
        officer=row.officer.public_name,
        finding=from_plain(row.content),
        at_stake_cents=row.at_stake_cents,
        needs_second=row.needs_second,
        prepared_at=row.prepared_at,
        agreed_by=row.agreed_by.public_name if row.agreed_by else None,
        ending=row.ending,
        ended_reason=row.ended_reason,
    )


def _ready(id_: int, proposal_id: int, year: int, number: int, *rest: Any) -> ReadyRow:
    names = "title cycle_name time_zone decision officer agreed_by prepared_at has_changed".split()
    facts = dict(zip(names, rest, strict=True))
    return ReadyRow(id=id_, proposal_id=proposal_id, code=code(year, number), **facts)
