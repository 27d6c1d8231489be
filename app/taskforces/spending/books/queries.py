"""The money of a project for its page in one go: sums, commitments, the latest entries, and what waits for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.core.access import Actor
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.seats import queries as seats
from app.taskforces.signing import queries as agreements
from app.taskforces.signing.queries import AgreementRow
from app.taskforces.signing.rules import MatterKind
from app.taskforces.spending import policies
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.commitments import queries as commitments
from app.taskforces.spending.commitments.queries import CommitmentRow
from app.taskforces.spending.queries import Latest
from app.taskforces.spending.rules import Balance, may_commit

OF_MONEY = frozenset(
    {
        MatterKind.COMMITMENT,
        MatterKind.COMMITMENT_CHANGE,
        MatterKind.CONTINGENCY,
        MatterKind.EXPENSE,
        MatterKind.REALLOCATION,
        MatterKind.RETURN,
    }
)
SHOWN = 5
"""How many of the latest entries the project's own page shows."""


@dataclass(frozen=True, kw_only=True)
class Money:
    """A project's money: what there is, what is promised, what happened last, what is expected."""

    balance: Balance
    commitments: tuple[CommitmentRow, ...]
    entries: Latest
    expected_cents: int | None

    @property
    def over_cents(self) -> int:
        """By how much the project is expected to cost more than it has (domain rule 16)."""
        return max(0, (self.expected_cents or 0) - self.balance.allocated_cents)


@dataclass(frozen=True, kw_only=True)
class May:
    """What somebody may do with the money of a project."""

    enter: bool
    ask: bool
    lead: bool
    runs: bool
    """Whether the project takes more money; one that is over only gives back."""

    @property
    def anything(self) -> bool:
        """Whether there is anything at all, as far as can be told without its sums."""
        return self.enter or (self.runs and (self.ask or self.lead))


def money(project_id: int, *, before: int | None = None, size: int = SHOWN) -> Money:
    """A project's money, with its latest entries, or those before a number."""
    return Money(
        balance=ledger.balance_of(project_id),
        commitments=tuple(commitments.of_project(project_id)),
        entries=ledger.entries(project_id, before=before, size=size),
        expected_cents=ledger.expected_cents(project_id),
    )


def may(project: ProjectCard, actor: Actor | None, on: date) -> May:
    """What somebody may do with a project's money on a day; the services decide, this hides the buttons."""
    if actor is None:
        return May(enter=False, ask=False, lead=False, runs=False)
    body = project.task_force_id
    enters = policies.may_enter(actor, project.neighborhood_id)
    works = body is not None and seats.works_in(body, actor.id, on)
    runs = may_commit(project.stage)
    gives = runs or project.stage in (ProjectStage.COMPLETED, ProjectStage.CANCELLED)
    asks = policies.may_propose(actor, project.neighborhood_id, works=works)
    leads = actor.id in seats.co_chair_ids(body, on)
    return May(enter=enters, ask=asks and body is not None and gives, lead=leads, runs=runs)


def waiting(task_force_ids: Collection[int]) -> list[AgreementRow]:
    """Money that waits for signatures in these task forces, the oldest first; `missing` says whose, `due_on` when.

    For the pages of co-chairs and clerks, which ask every room what waits.
    """
    found = [row for row in agreements.open_of(task_force_ids) if row.kind in OF_MONEY]
    return sorted(found, key=lambda row: (row.due_on, row.id))


def waiting_of(project_id: int) -> list[AgreementRow]:
    """Money of a project that waits for signatures, the oldest first."""
    found = [row for row in agreements.of_project(project_id) if row.kind in OF_MONEY and row.ending is None]
    return sorted(found, key=lambda row: (row.due_on, row.id))
