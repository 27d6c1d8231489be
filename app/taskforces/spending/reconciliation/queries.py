"""Reading the reconciliation of a cycle: everything its money must agree with, gathered in one go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.audit import queries as audit
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.chain.queries import Checked
from app.taskforces.spending.models import LedgerEntry, PotAccount, ProjectBalance
from app.taskforces.spending.reconciliation.rules import (
    UNRECONCILED,
    MonthState,
    Moved,
    Statement,
    Total,
    When,
    balances,
    month_state,
    statements,
    totals,
)
from app.taskforces.spending.rules import Balance
from app.taskforces.spending.tie_outs import queries as tie_outs
from app.taskforces.spending.tie_outs.queries import DifferenceRow, Paid, TieOutRow
from app.taskforces.spending.tie_outs.rules import month_of, months_until


@dataclass(frozen=True, kw_only=True)
class ProjectSums:
    """A project's money as all its entries add up, and as it is kept."""

    project_id: int
    code: str
    title: str
    added: Balance
    kept: Balance

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.added == self.kept


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month and how it stands against the council's books; `tie_out` is None where nobody compared it."""

    month: date
    state: MonthState
    paid: Paid | None
    tie_out: TieOutRow | None

    @property
    def paid_cents(self) -> int:
        """What the ledger now says was paid in it, less what was taken back."""
        return 0 if self.paid is None else self.paid.cents


@dataclass(frozen=True, kw_only=True)
class Period:
    """The days a reconciliation is of; None: from the first entry on, or to the last one."""

    first: date | None = None
    last: date | None = None

    def months(self, known: Collection[date], today: date) -> list[date]:
        """The months of it, from the first of the `known` ones to that of today."""
        first = max(min(known, default=today), month_of(self.first or date.min))
        return list(months_until(first, min(self.last or today, today)))


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Everything a reconciliation certificate says; sums in cents."""

    made_at: datetime
    period: Period
    years: tuple[int, ...]
    """The years that have entries."""
    statements: tuple[Statement, ...]
    totals: tuple[Total, ...]
    projects: tuple[ProjectSums, ...]
    chain: Checked
    audit_head: str | None
    months: tuple[Month, ...]
    """The newest first."""
    differences: tuple[DifferenceRow, ...]
    """Those without an explanation first."""

    @property
    def agrees(self) -> bool:
        """Whether the chain holds and every sum is the same however it is made."""
        sums = [each.agrees for each in self.totals] + [each.agrees for each in self.projects]
        return self.chain.holds and all(sums)

    @property
    def commitments_differ(self) -> tuple[str, ...]:
        """The contracts whose kept sums are not what their entries add up to."""
        return tuple(name for name in self.chain.sums_differ if name.startswith("commitment"))

    @property
    def unreconciled(self) -> tuple[Month, ...]:
        """The months that keep the money of the period from being final (domain rule 17)."""
        return tuple(each for each in self.months if each.state in UNRECONCILED)

    @property
    def unexplained_cents(self) -> int:
        """By how much the two books differ with no explanation."""
        return sum(each.tie_out.unexplained_cents for each in self.months if each.tie_out)

    @property
    def difference_count(self) -> int:
        """How many differences there are, also where not all are listed."""
        return sum(each.tie_out.differences for each in self.months if each.tie_out)

    @property
    def is_final(self) -> bool:
        """Whether everything agrees and no month of the period is left open."""
        return self.agrees and not self.unreconciled


def figures(
    cycle_id: int, period: Period, *, today: date, checks: int | None = None, shown: int | None = None
) -> Figures:
    """The figures of a cycle's reconciliation, for its page, its file and a certificate; NotFound without a ledger.

    Accounts and months are those of `period`; totals, projects and the chain are as they stand now, whatever the
    period. `today` is the day where the neighborhood is. Of the chain the last `checks` entries are checked, and
    `shown` differences are listed (None: all). Nothing entered meanwhile comes between two sums.
    """
    return chain.steadily(cycle_id, lambda: _figures(cycle_id, period, today, checks, shown))


def _figures(cycle_id: int, period: Period, today: date, checks: int | None, shown: int | None) -> Figures:
    account, pot = db.session.get(PotAccount, cycle_id), ledger.pot_of(cycle_id)
    if account is None or pot is None:
        raise NotFound
    found, days = moved(period, LedgerEntry.cycle_id == cycle_id)
    projects = _projects(cycle_id, balances(found))
    months = _months(cycle_id, period, days, today)
    return Figures(
        made_at=now(),
        period=period,
        years=tuple(range(days[0].year, days[-1].year + 1)) if days else (),
        statements=statements(found),
        totals=totals(found, pot, [each.kept for each in projects]),
        projects=projects,
        chain=chain.checked(cycle_id, last=checks),
        audit_head=audit.last_hash(),
        months=months,
        differences=tie_outs.differences_of([each.tie_out.id for each in months if each.tie_out], shown=shown),
    )


def cycles_with_a_ledger() -> list[tuple[int, str]]:
    """The cycles that have a ledger, by id and name, the newest first."""
    query = sa.select(Cycle.id, Cycle.name).join(PotAccount, PotAccount.cycle_id == Cycle.id)
    return [(cycle_id, name) for cycle_id, name in db.session.execute(query.order_by(Cycle.id.desc()))]


def moved(period: Period, *conditions: sa.ColumnElement[bool]) -> tuple[list[Moved], list[date]]:
    """Ledger entries added up by cycle, project, kind and when they are of, and the days of the first and last ones."""
    when = sa.case(
        (LedgerEntry.on < (period.first or date.min), When.BEFORE.value),
        (LedgerEntry.on > (period.last or date.max), When.LATER.value),
        else_=When.WITHIN.value,
    )
    columns = (LedgerEntry.cycle_id, LedgerEntry.project_id, LedgerEntry.kind, when.label("when"))
    entry = sa.select(*columns, LedgerEntry.amount_cents, LedgerEntry.on).where(*conditions).subquery()
    cents = sa.cast(sa.func.sum(entry.c.amount_cents), sa.BigInteger)
    of = (entry.c.cycle_id, entry.c.project_id, entry.c.kind, entry.c.when)
    first, last = sa.func.min(entry.c.on), sa.func.max(entry.c.on)
    rows = db.session.execute(sa.select(*of, sa.func.count(), cents, first, last).group_by(*of)).all()
    found = [
        Moved(cycle_id=cycle_id, project_id=project_id, kind=kind, when=When(word), entries=entries, cents=sum_)
        for cycle_id, project_id, kind, word, entries, sum_, _first, _last in rows
    ]
    return found, sorted(day for row in rows for day in row[-2:])


def _projects(cycle_id: int, added: Mapping[int, Balance]) -> tuple[ProjectSums, ...]:
    kept = ProjectBalance
    query = (
        sa.select(Project.id, Cycle.year, Project.number, Project.title)
        .add_columns(kept.allocated_cents, kept.committed_cents, kept.spent_cents)
        .join(Cycle, Cycle.id == Project.cycle_id)
        .outerjoin(kept, kept.project_id == Project.id)
        .where(Project.cycle_id == cycle_id)
        .order_by(Project.number)
    )
    return tuple(
        ProjectSums(
            project_id=project_id,
            code=code(year, number),
            title=title,
            added=added.get(project_id, Balance()),
            kept=Balance(allocated_cents=allocated or 0, committed_cents=committed or 0, spent_cents=spent or 0),
        )
        for project_id, year, number, title, allocated, committed, spent in db.session.execute(query)
    )


def _months(cycle_id: int, period: Period, days: list[date], today: date) -> tuple[Month, ...]:
    tied, paid = {row.month: row for row in tie_outs.of_cycle(cycle_id)}, tie_outs.paid_by_month(cycle_id)
    known = {*tied, *paid, *(month_of(day) for day in days)}
    months = reversed(period.months(known, today))
    return tuple(_month(month, paid.get(month), tied.get(month), today) for month in months)


def _month(month: date, paid: Paid | None, tied: TieOutRow | None, today: date) -> Month:
    state = month_state(
        paid=paid is not None,
        compared=tied is not None,
        outdated=tied is not None and tied.is_outdated(paid),
        unexplained=tied.unexplained if tied is not None else 0,
        running=month == month_of(today),
    )
    return Month(month=month, state=state, paid=paid, tie_out=tied)
