"""Cycles and proposals at each stage."""

from datetime import datetime, timedelta
from typing import Any

from app.core.clock import now
from app.core.db import db, transaction
from app.cycles.models import Cycle, Phase
from app.cycles.rules import LeftoverRule, PhaseKind, PublicationLevel
from app.cycles.rules import Stage as CycleStage
from app.places.models import Neighborhood
from app.proposals.models import EstimateLine, Proposal
from app.proposals.rules import Stage as ProposalStage
from app.proposals.search.services import keep_words_of
from tests.make.people import neighborhood, person
from tests.make.rows import kept, numbers


def cycle(*, stage: CycleStage = CycleStage.COLLECTING, where: Neighborhood | None = None, **more: Any) -> Cycle:
    """A cycle whose dated phase for `stage` is on now."""
    n = next(numbers)
    facts: dict[str, Any] = {
        "neighborhood": where or neighborhood(),
        "slug": f"cycle-{n}",
        "name": f"Safer streets {n}",
        "summary": "",
        "year": 2026,
        "pot_cents": 100_000_00,
        "contingency_cents": 0,
        "stage": stage,
        "count_rule": "shared-budget",
        "max_ranks": 5,
        "leftover_rule": LeftoverRule.NEXT_CYCLE,
        "publication_level": PublicationLevel.FULL,
    }
    row = Cycle(**facts | more)
    row.phases = _phases(stage)
    return kept(row)


def _phases(stage: CycleStage) -> list[Phase]:
    on_now = {
        CycleStage.DRAFT: -1,
        CycleStage.COLLECTING: 0,
        CycleStage.REVIEWING: 1,
        CycleStage.BALLOT_FIXED: 1,
        CycleStage.VOTING: 2,
        CycleStage.COUNTING: 3,
        CycleStage.CERTIFIED: 3,
        CycleStage.DELIVERING: 4,
        CycleStage.CLOSED: 5,
    }[stage]
    start: datetime = now() - timedelta(days=10) - timedelta(days=20) * on_now
    return [
        Phase(kind=kind, starts_at=start + timedelta(days=20 * i), ends_at=start + timedelta(days=20 * (i + 1)))
        for i, kind in enumerate(PhaseKind)
    ]


def proposal(*, stage: ProposalStage = ProposalStage.SUBMITTED, within: Cycle | None = None, **more: Any) -> Proposal:
    """A submitted proposal with one line of estimate; a later stage gets a cost."""
    where = within or cycle()
    n = next(numbers)
    costed = stage in (ProposalStage.FEASIBLE, ProposalStage.ON_BALLOT, ProposalStage.FUNDED, ProposalStage.NOT_FUNDED)
    draft = stage is ProposalStage.DRAFT
    if stage is ProposalStage.MERGED and "merged_into_id" not in more:
        more["merged_into_id"] = proposal(within=where).id
    facts: dict[str, Any] = {
        "cycle": where,
        "number": None if draft else n,
        "author": more.pop("author", None) or person(resident_of=where.neighborhood),
        "category": where.neighborhood.categories[0],
        "area": where.neighborhood.areas[0],
        "title": f"Lamps on Mill Lane {n}",
        "summary": "Six new lamps between the school and the bus stop.",
        "need": "It is too dark to walk home in winter.",
        "place": "Mill Lane, from the school to the bus stop",
        "watches_people": False,
        "stage": stage,
        "cost_cents": 20_000_00 if costed else None,
        "created_at": now(),
        "submitted_at": None if draft else now(),
    }
    row = Proposal(**facts | more)
    row.estimate = [EstimateLine(position=1, label="Lamps", amount_cents=18_000_00)]
    with transaction():
        db.session.add(row)
        db.session.flush()
        keep_words_of([row.id])
    return row
