"""Reading who would take a proposal on: the one chosen for it, else by its category, else by its area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db
from app.core.paging import Page, page_of
from app.cycles.queries import CycleFacts
from app.proposals.models import Proposal
from app.proposals.rules import Stage, code
from app.taskforces.models import TaskForce
from app.taskforces.taking.models import Remit, Taking
from app.voting.fixing.rules import Taker

PAGE_SIZE = 25


@dataclass(frozen=True, kw_only=True)
class TakingRow:
    """A feasible proposal and who would take it on."""

    proposal_id: int
    code: str
    title: str
    taker: Taker | None


def takers(proposal_ids: Sequence[int]) -> Mapping[int, Taker]:
    """Who would take on which of these proposals, in one statement; nothing for one that nobody would take on."""
    if not proposal_ids:
        return {}
    chosen, kind, area = (sa.orm.aliased(TaskForce) for _ in range(3))
    by_kind, by_area = sa.orm.aliased(Remit), sa.orm.aliased(Remit)
    query = (
        sa.select(Proposal.id, chosen.slug, chosen.name, kind.slug, kind.name, area.slug, area.name)
        .outerjoin(Taking, Taking.proposal_id == Proposal.id)
        .outerjoin(chosen, chosen.id == Taking.task_force_id)
        .outerjoin(by_kind, by_kind.category_id == Proposal.category_id)
        .outerjoin(kind, kind.id == by_kind.task_force_id)
        .outerjoin(by_area, by_area.area_id == Proposal.area_id)
        .outerjoin(area, area.id == by_area.task_force_id)
        .where(Proposal.id.in_(proposal_ids))
    )
    found = ((id_, _first(*names)) for id_, *names in db.session.execute(query))
    return {id_: taker for id_, taker in found if taker is not None}


def chosen_for(proposal_id: int) -> int | None:
    """The task force that a clerk has named for this very proposal; None where the default holds."""
    return db.session.scalar(sa.select(Taking.task_force_id).where(Taking.proposal_id == proposal_id))


def remits(neighborhood_id: int) -> tuple[dict[int, int], dict[int, int]]:
    """The task force of each category and of each area of a neighborhood that has one."""
    query = sa.select(Remit).join(TaskForce, TaskForce.id == Remit.task_force_id)
    found = list(db.session.scalars(query.where(TaskForce.neighborhood_id == neighborhood_id)))
    kinds = {row.category_id: row.task_force_id for row in found if row.category_id is not None}
    return kinds, {row.area_id: row.task_force_id for row in found if row.area_id is not None}


def rows(cycle: CycleFacts, *, page: int = 1) -> Page[TakingRow]:
    """The feasible proposals of a cycle with who would take them on, by number."""
    query = (
        sa.select(Proposal.id, Proposal.number, Proposal.title)
        .where(Proposal.cycle_id == cycle.id, Proposal.stage == Stage.FEASIBLE)
        .order_by(Proposal.number)
    )
    ids = list(db.session.scalars(query.with_only_columns(Proposal.id)))
    taken = takers(ids)

    def row(id_: int, number: int, title: str) -> TakingRow:
        return TakingRow(proposal_id=id_, code=code(cycle.year, number), title=title, taker=taken.get(id_))

    return page_of(query, number=page, size=PAGE_SIZE, row=row)


def _first(*names: str | None) -> Taker | None:
    pairs = [(names[at], names[at + 1]) for at in range(0, len(names), 2)]
    for at, (slug, name) in enumerate(pairs):
        if slug is not None and name is not None:
            return Taker(slug=slug, name=name, is_default=at > 0)
    return None
