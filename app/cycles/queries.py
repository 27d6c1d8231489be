"""Reading cycles: the facts every other package stands on, and the frozen rule card."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.clock import deadline_now
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle, RuleCard
from app.cycles.plans.models import BallotPlan
from app.cycles.rules import CycleFacts as CycleFacts
from app.cycles.rules import PhaseFacts as PhaseFacts
from app.cycles.rules import PlanFacts, Stage, spendable_cents


@dataclass(frozen=True, kw_only=True)
class RuleCardFacts:
    """A frozen rule card: its canonical text, the same as data, its SHA-256 in hex, and when it was frozen."""

    text: str
    content: dict[str, Any]
    hash: str
    lot_commitment: str | None
    frozen_at: datetime


def facts(cycle_id: int, *, drafts: bool = False) -> CycleFacts:
    """The cycle; NotFound for an unknown one, and for a draft unless `drafts`."""
    found = _facts_where(Cycle.id == cycle_id)
    if not found or (found[0].stage is Stage.DRAFT and not drafts):
        raise NotFound
    return found[0]


def public_cycles() -> list[CycleFacts]:
    """Every published cycle, newest first."""
    return _facts_where(Cycle.stage != Stage.DRAFT)


def now_on() -> list[CycleFacts]:
    """Published cycles with a phase on at this moment, newest first."""
    moment = deadline_now()
    running = _facts_where(Cycle.stage.not_in((Stage.DRAFT, Stage.CLOSED)))
    return [cycle for cycle in running if cycle.on(moment) is not None]


def of_neighborhoods(neighborhood_ids: Collection[int] | None) -> list[CycleFacts]:
    """Every cycle of these neighborhoods (None: of all), drafts too, newest first: what the office works on."""
    return _facts_where(sa.true() if neighborhood_ids is None else Cycle.neighborhood_id.in_(neighborhood_ids))


def rule_card(cycle_id: int) -> RuleCardFacts | None:
    """The cycle's frozen rule card, or None before the ballot is fixed."""
    card = db.session.scalar(sa.select(RuleCard).where(RuleCard.cycle_id == cycle_id))
    if card is None:
        return None
    return RuleCardFacts(
        text=card.content,
        content=json.loads(card.content),
        hash=card.hash,
        lot_commitment=card.lot_commitment,
        frozen_at=card.frozen_at,
    )


def _facts_where(condition: sa.ColumnElement[bool]) -> list[CycleFacts]:
    query = (
        sa.select(Cycle, RuleCard.hash, RuleCard.lot_commitment, BallotPlan)
        .outerjoin(RuleCard, RuleCard.cycle_id == Cycle.id)
        .outerjoin(BallotPlan, BallotPlan.cycle_id == Cycle.id)
        .options(joinedload(Cycle.neighborhood, innerjoin=True), joinedload(Cycle.phases))
        .where(condition)
        .order_by(Cycle.year.desc(), Cycle.id.desc())
    )
    return [_facts(*found) for found in db.session.execute(query).unique()]


def _facts(
    cycle: Cycle, card_hash: str | None, lot_commitment: str | None, plan: BallotPlan | None
) -> CycleFacts:
    where = cycle.neighborhood
    return CycleFacts(
        id=cycle.id,
        slug=cycle.slug,
        name=cycle.name,
        summary=cycle.summary,
        year=cycle.year,
        neighborhood_id=where.id,
        neighborhood_name=where.name,
        neighborhood_slug=where.slug,
        currency=where.currency,
        time_zone=where.time_zone,
        pot_cents=cycle.pot_cents,
        contingency_cents=cycle.contingency_cents,
        spendable_cents=spendable_cents(cycle.pot_cents, cycle.contingency_cents),
        stage=cycle.stage,
        count_rule=cycle.count_rule,
        max_ranks=cycle.max_ranks,
        leftover_rule=cycle.leftover_rule,
        publication_level=cycle.publication_level,
        phases=tuple(PhaseFacts(kind=p.kind, starts_at=p.starts_at, ends_at=p.ends_at) for p in cycle.phases),
        rule_card_hash=card_hash,
        min_age=cycle.min_age,
        hides_supports=cycle.hides_supports,
        least_cost_cents=cycle.least_cost_cents,
        most_cost_cents=cycle.most_cost_cents,
        most_proposals=cycle.most_proposals,
        is_imported=card_hash is not None and lot_commitment is None,
        languages=tuple(where.languages) or ("en",),
        plan=None if plan is None else _plan(plan),
    )


def _plan(row: BallotPlan) -> PlanFacts:
    return PlanFacts(
        asks_short_texts=row.asks_short_texts,
        asks_task_forces=row.asks_task_forces,
        asks_confirmation=row.asks_confirmation,
        texts_until=row.texts_until,
        prices_from=row.prices_from,
        prices_until=row.prices_until,
    )
