"""Reading every reconciliation that somebody watches, and what of it belongs to which task force."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from app.core.clock import today
from app.core.db import db
from app.core.paging import Page, page_of
from app.cycles import queries as cycles
from app.cycles.models import Cycle
from app.cycles.queries import CycleFacts
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.spending.chain.rules import LAST
from app.taskforces.spending.models import LedgerEntry, PotAccount
from app.taskforces.spending.reconciliation import queries as reconciliation
from app.taskforces.spending.reconciliation.queries import Figures, Period, ProjectSums
from app.taskforces.spending.tie_outs.models import TieOut, TieOutDifference
from app.taskforces.spending.tie_outs.queries import PAID

SIZE = 5
"""How many ledgers stand on a page: each of them is added up again."""
SHOWN = 20
"""How many differences are listed of each."""


@dataclass(frozen=True, kw_only=True)
class Differences:
    """How many places of the two books differ, and how many of them nobody has explained."""

    all: int = 0
    unexplained: int = 0


@dataclass(frozen=True, kw_only=True)
class BodySums:
    """The money of a cycle that is with one task force; `slug` is None for projects that have none yet."""

    slug: str | None
    name: str | None
    projects: tuple[ProjectSums, ...]
    differences: Differences

    @property
    def agrees(self) -> bool:
        """Whether what is kept of each project is what its entries add up to."""
        return all(each.agrees for each in self.projects)

    @property
    def allocated_cents(self) -> int:
        """What its projects have."""
        return sum(each.added.allocated_cents for each in self.projects)

    @property
    def committed_cents(self) -> int:
        """What is promised of it in contracts."""
        return sum(each.added.committed_cents for each in self.projects)

    @property
    def spent_cents(self) -> int:
        """What is paid."""
        return sum(each.added.spent_cents for each in self.projects)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """A cycle's ledger, added up again, and its task forces in the order of their names."""

    cycle: CycleFacts
    found: Figures
    bodies: tuple[BodySums, ...]


def ledgers(neighborhood_ids: Collection[int] | None, *, number: int) -> Page[Ledger]:
    """A page of the ledgers of these neighborhoods (None: of all), the newest first, each held against everything.

    Of a chain the last entries are checked, as many as a public check takes; the page of a ledger checks all.
    """
    query = sa.select(PotAccount.cycle_id).join(Cycle, Cycle.id == PotAccount.cycle_id).order_by(Cycle.id.desc())
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    return page_of(query, number=number, size=SIZE, row=_ledger)


def _ledger(cycle_id: int) -> Ledger:
    cycle = cycles.facts(cycle_id)
    found = reconciliation.figures(cycle_id, Period(), today=today(cycle.time_zone), checks=LAST, shown=SHOWN)
    return Ledger(cycle=cycle, found=found, bodies=tuple(_bodies(cycle_id, found)))


def _bodies(cycle_id: int, found: Figures) -> Iterator[BodySums]:
    query = (
        sa.select(Project.id, TaskForce.slug, TaskForce.name)
        .outerjoin(TaskForce, TaskForce.id == Project.task_force_id)
        .where(Project.cycle_id == cycle_id)
        .order_by(TaskForce.name, TaskForce.slug)
    )
    differ = _differences([each.tie_out.id for each in found.months if each.tie_out])
    sums = {each.project_id: each for each in found.projects}
    for (slug, name), rows in groupby(db.session.execute(query).all(), key=lambda row: (row.slug, row.name)):
        projects = tuple(sums[row.id] for row in rows if row.id in sums)
        yield BodySums(slug=slug, name=name, projects=projects, differences=differ.get(slug, Differences()))


def _differences(tie_out_ids: Collection[int]) -> dict[str | None, Differences]:
    """By task force: a difference belongs to it where an entry of the ledger with its number is of its project."""
    difference, entry = TieOutDifference, LedgerEntry
    places = [
        sa.select(difference.tie_out_id, difference.position, difference.reason.is_(None).label("open"), TaskForce.slug)
        .join(TieOut, TieOut.id == difference.tie_out_id)
        .join(entry, sa.and_(entry.cycle_id == TieOut.cycle_id, same, entry.kind.in_(PAID)))
        .join(Project, Project.id == entry.project_id)
        .outerjoin(TaskForce, TaskForce.id == Project.task_force_id)
        .where(difference.tie_out_id.in_(tie_out_ids))
        for same in (entry.number == difference.entry_number, entry.reference == difference.reference)
    ]
    each = sa.union(*places).subquery()
    query = sa.select(each.c.slug, sa.func.count(), sa.func.sum(sa.case((each.c.open, 1), else_=0)))
    return {
        slug: Differences(all=count, unexplained=int(open_))
        for slug, count, open_ in db.session.execute(query.group_by(each.c.slug))
    }
