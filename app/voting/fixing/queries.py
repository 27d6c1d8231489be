"""Reading what a ballot would be fixed with: every feasible proposal with all that stands beside it, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.cycles.queries import CycleFacts
from app.proposals.ballot_texts import queries as texts
from app.proposals.ballot_texts.queries import TextFacts
from app.proposals.prices import queries as prices
from app.voting import queries as votes
from app.voting.fixing.models import CouncilConfirmation
from app.voting.fixing.rules import Listed, Taker, Takers, list_hash

TAKERS = "ballot_takers"
"""Where the app keeps who answers which task force would take on a proposal."""


@dataclass(frozen=True, kw_only=True)
class ToBe:
    """A feasible proposal with all that the ballot would say about it."""

    proposal_id: int
    title: str
    cost_cents: int
    text: TextFacts | None
    running_cost_cents: int | None
    taker: Taker | None


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """What a council has confirmed, and whether it is the list there is now."""

    confirmed_by: str
    decided_on: date
    reference: str
    address: str | None
    recorded_by: str
    recorded_at: datetime
    is_of_this_list: bool


def to_be(cycle: CycleFacts) -> list[ToBe]:
    """The options of a ballot that would be fixed now; text and task force only where the cycle asks for them."""
    feasible = votes.feasible(cycle.id)
    ids, plan = [each.proposal_id for each in feasible], cycle.plan
    priced = prices.newest_costings(ids) if plan else {}
    said = texts.newest(ids) if plan and plan.asks_short_texts else {}
    taken = takers(ids) if plan and plan.asks_task_forces else {}
    return [
        ToBe(
            proposal_id=each.proposal_id,
            title=each.title,
            cost_cents=each.cost_cents,
            text=said.get(each.proposal_id),
            running_cost_cents=priced[each.proposal_id].running_cost_cents if each.proposal_id in priced else None,
            taker=taken.get(each.proposal_id),
        )
        for each in feasible
    ]


def takers(proposal_ids: list[int]) -> Mapping[int, Taker]:
    """Who would take on which of these proposals."""
    ask: Takers = current_app.extensions[TAKERS]
    return ask(proposal_ids)


def confirmation(cycle_id: int) -> Confirmation | None:
    """The newest decision of the council about this cycle's list, or None."""
    query = sa.select(CouncilConfirmation).options(joinedload(CouncilConfirmation.recorded_by))
    row = db.session.scalar(
        query.where(CouncilConfirmation.cycle_id == cycle_id).order_by(CouncilConfirmation.id.desc()).limit(1)
    )
    if row is None:
        return None
    return Confirmation(
        confirmed_by=row.confirmed_by,
        decided_on=row.decided_on,
        reference=row.reference,
        address=row.address,
        recorded_by=row.recorded_by.public_name,
        recorded_at=row.recorded_at,
        is_of_this_list=row.list_hash == hash_now(cycle_id),
    )


def hash_now(cycle_id: int) -> str:
    """The hash of the list of options as it stands now."""
    return list_hash(
        [Listed(proposal_id=o.proposal_id, title=o.title, cost_cents=o.cost_cents) for o in votes.feasible(cycle_id)]
    )
