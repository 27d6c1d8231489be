"""Reading a cycle's chain: its entries as they were hashed, whether they still fit, and what they add up to."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Rows
from app.cycles.models import Cycle
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code
from app.taskforces.signing.models import Agreement
from app.taskforces.spending.chain.rules import Break, Link, Written, first_break
from app.taskforces.spending.models import (
    Commitment,
    LedgerEntry,
    PotAccount,
    ProjectBalance,
    SpendingDocument,
)
from app.taskforces.spending.rules import Books, Line, commitment_code, replay

Reversed = aliased(LedgerEntry)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check of a cycle's ledger found."""

    entries: int
    head: str
    break_: Break | None
    sums_differ: tuple[str, ...]
    """Which kept sums are not what the entries add up to: `pot`, `project 7`, `commitment 3`."""

    @property
    def holds(self) -> bool:
        """Whether the chain and every sum hold."""
        return self.break_ is None and not self.sums_differ


def links(cycle_id: int) -> Iterator[Link]:
    """A cycle's entries as they were hashed, in the order of the chain."""
    for cells in db.session.execute(_links().where(LedgerEntry.cycle_id == cycle_id).order_by(LedgerEntry.number)):
        yield _link(*cells)


def checked(cycle_id: int) -> Checked:
    """Hold a cycle's chain against its hashes, and every sum against the entries; NotFound where there is no ledger."""
    account = db.session.get(PotAccount, cycle_id)
    if account is None:
        raise NotFound
    broken = first_break(links(cycle_id), entries=account.entries, head=account.head_hash)
    differ = tuple(_differing(account, replayed(cycle_id)))
    return Checked(entries=account.entries, head=account.head_hash, break_=broken, sums_differ=differ)


def replayed(cycle_id: int) -> Books:
    """What the entries of a cycle add up to, one after the other."""
    query = sa.select(LedgerEntry.kind, LedgerEntry.amount_cents, LedgerEntry.project_id, LedgerEntry.commitment_id)
    found = db.session.execute(query.where(LedgerEntry.cycle_id == cycle_id).order_by(LedgerEntry.number))
    return replay(
        Line(kind=kind, amount_cents=cents, project_id=project, commitment_id=commitment)
        for kind, cents, project, commitment in found
    )


def _differing(account: PotAccount, books: Books) -> Iterator[str]:
    if any(getattr(account, name) != value for name, value in vars(books.pot).items()):
        yield "pot"
    of_cycle = sa.select(Project.id).where(Project.cycle_id == account.cycle_id)
    for row in db.session.scalars(sa.select(ProjectBalance).where(ProjectBalance.project_id.in_(of_cycle))):
        sums = books.projects.get(row.project_id)
        if sums is None or any(getattr(row, name) != value for name, value in vars(sums).items()):
            yield f"project {row.project_id}"
    for promise in db.session.scalars(sa.select(Commitment).where(Commitment.project_id.in_(of_cycle))):
        held = books.promises.get(promise.id)
        if held is None or (held.amount_cents, held.spent_cents) != (promise.amount_cents, promise.spent_cents):
            yield f"commitment {promise.id}"


def _links() -> Rows:
    return (
        sa.select(
            LedgerEntry,
            Cycle.year,
            Project.number,
            Commitment.number,
            SpendingDocument.digest,
            Agreement.payload_hash,
            Reversed.number,
        )
        .join(Cycle, Cycle.id == LedgerEntry.cycle_id)
        .outerjoin(Project, Project.id == LedgerEntry.project_id)
        .outerjoin(Commitment, Commitment.id == LedgerEntry.commitment_id)
        .outerjoin(SpendingDocument, SpendingDocument.id == LedgerEntry.document_id)
        .outerjoin(Agreement, Agreement.id == LedgerEntry.agreement_id)
        .outerjoin(Reversed, Reversed.id == LedgerEntry.reverses_id)
        .execution_options(yield_per=1000)
    )


def _link(
    row: LedgerEntry,
    year: int,
    project: int | None,
    promise: int | None,
    document: str | None,
    agreement: str | None,
    reverses: int | None,
) -> Link:
    project_code = code(year, project) if project is not None else None
    entry = Written(
        cycle=row.cycle_id,
        number=row.number,
        entered_at=row.entered_at,
        on=row.on,
        kind=row.kind.value,
        amount_cents=row.amount_cents,
        project=project_code,
        commitment=commitment_code(project_code, promise) if project_code and promise is not None else None,
        counterparty=row.counterparty,
        purpose=row.purpose,
        reference=row.reference,
        document=document,
        agreement=agreement,
        reverses=reverses,
        previous=row.previous_hash,
    )
    return Link(entry=entry, hash=row.hash)
