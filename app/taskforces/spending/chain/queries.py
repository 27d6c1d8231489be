"""Reading a cycle's chain: its entries as they were hashed, whether they still fit, and what they add up to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Rows
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code
from app.taskforces.signing.models import Agreement
from app.taskforces.spending.chain.rules import Break, Link, Written, first_break
from app.taskforces.spending.contracts import queries as contracts
from app.taskforces.spending.contracts.models import PublishedContract
from app.taskforces.spending.models import (
    Commitment,
    LedgerEntry,
    PotAccount,
    ProjectBalance,
    SpendingDocument,
)
from app.taskforces.spending.rules import Books, Line, commitment_code, replay

Reversed = aliased(LedgerEntry)
Found = TypeVar("Found")
TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check of a cycle's ledger found."""

    begins: int
    """The number of the first entry whose hash was made again."""
    entries: int
    head: str
    break_: Break | None
    sums_differ: tuple[str, ...]
    """Which kept sums are not what the entries add up to: `pot`, `project 7`, `commitment 3`."""

    @property
    def holds(self) -> bool:
        """Whether the chain and every sum hold."""
        return self.break_ is None and not self.sums_differ


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An entry among those of all cycles: whose money in which currency it is, and the published contract behind it."""

    link: Link
    year: int
    neighborhood: str
    currency: str
    ocid: str | None


@dataclass(frozen=True, kw_only=True)
class LedgerEnd:
    """How the ledger of a cycle ends, and everything else that a file of it says of the cycle."""

    cycle_id: int
    year: int
    neighborhood: str
    currency: str
    head: str
    contracts: int | None
    """The last word on any published contract."""


def head(cycle_id: int) -> str | None:
    """The hash of the last entry of a cycle's ledger; None where there is no ledger."""
    return db.session.scalar(sa.select(PotAccount.head_hash).where(PotAccount.cycle_id == cycle_id))


def links(cycle_id: int, *, begins: int = 1) -> Iterator[Link]:
    """A cycle's entries as they were hashed, in the order of the chain, from a number on."""
    query = _links().where(LedgerEntry.cycle_id == cycle_id, LedgerEntry.number >= begins)
    for cells in db.session.execute(query.order_by(LedgerEntry.number)):
        yield _link(*cells)


def everything() -> Iterator[Placed]:
    """The entries of every cycle as they were hashed, the newest cycle first, in one statement."""
    query = _links(Neighborhood.name, Neighborhood.currency, PublishedContract.ocid)
    query = query.join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
    query = query.outerjoin(PublishedContract, contracts.counting())
    for cells in db.session.execute(query.order_by(LedgerEntry.cycle_id.desc(), LedgerEntry.number)):
        *told, name, currency, ocid = cells
        yield Placed(link=_link(*told), year=told[len(_ENTRY)], neighborhood=name, currency=currency, ocid=ocid)


def ledger_ends() -> tuple[LedgerEnd, ...]:
    """How the ledger of each cycle ends: as long as this stays the same, `everything` does."""
    last = sa.select(sa.func.max(PublishedContract.id)).scalar_subquery()
    query = sa.select(Cycle.id, Cycle.year, Neighborhood.name, Neighborhood.currency, PotAccount.head_hash, last)
    query = query.join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
    query = query.join(PotAccount, PotAccount.cycle_id == Cycle.id).order_by(Cycle.id.desc())
    names = ("cycle_id", "year", "neighborhood", "currency", "head", "contracts")
    return tuple(LedgerEnd(**dict(zip(names, cells, strict=True))) for cells in db.session.execute(query))


def checked(cycle_id: int, *, last: int | None = None) -> Checked:
    """Hold a cycle's chain (or so many of its last entries) against its hashes, and every sum against the entries.

    NotFound where there is no ledger.
    """
    account = db.session.get(PotAccount, cycle_id)
    if account is None:
        raise NotFound
    begins = 1 if last is None else max(1, account.entries - last + 1)
    found = links(cycle_id, begins=begins)
    broken = first_break(found, entries=account.entries, head=account.head_hash, begins=begins)
    differ = tuple(_differing(account, summed(cycle_id)))
    return Checked(begins=begins, entries=account.entries, head=account.head_hash, break_=broken, sums_differ=differ)


def steadily(cycle_id: int, gather: Callable[[], Found]) -> Found:
    """What `gather` reads of a cycle while nothing is entered in between, so that no two sums are of different moments.

    Where something is, it is read again, three times at most: PostgreSQL shows each statement what is there by then.
    """
    length = sa.select(PotAccount.entries).where(PotAccount.cycle_id == cycle_id)
    for _try in range(TRIES):
        before = db.session.scalar(length)
        found = gather()
        if db.session.scalar(length) == before:
            break
        db.session.expire_all()
    return found


def replayed(cycle_id: int) -> Books:
    """What the entries of a cycle add up to, one after the other."""
    query = sa.select(LedgerEntry.kind, LedgerEntry.amount_cents, LedgerEntry.project_id, LedgerEntry.commitment_id)
    return _books(query.where(LedgerEntry.cycle_id == cycle_id).order_by(LedgerEntry.number))


def summed(cycle_id: int) -> Books:
    """The same, added up by the database."""
    of = (LedgerEntry.kind, LedgerEntry.project_id, LedgerEntry.commitment_id)
    query = sa.select(of[0], sa.cast(sa.func.sum(LedgerEntry.amount_cents), sa.BigInteger), *of[1:])
    return _books(query.where(LedgerEntry.cycle_id == cycle_id).group_by(*of))


def _books(query: Rows) -> Books:
    return replay(
        Line(kind=kind, amount_cents=cents, project_id=project, commitment_id=commitment)
        for kind, cents, project, commitment in db.session.execute(query)
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


_ENTRY = (
    LedgerEntry.cycle_id,
    LedgerEntry.number,
    LedgerEntry.entered_at,
    LedgerEntry.on,
    LedgerEntry.kind,
    LedgerEntry.amount_cents,
    LedgerEntry.counterparty,
    LedgerEntry.purpose,
    LedgerEntry.reference,
    LedgerEntry.previous_hash,
    LedgerEntry.hash,
)


def _links(*more: Any) -> Rows:
    return (
        sa.select(
            *_ENTRY,
            Cycle.year,
            Project.number,
            Commitment.number,
            SpendingDocument.digest,
            Agreement.payload_hash,
            Reversed.number,
            *more,
        )
        .join(Cycle, Cycle.id == LedgerEntry.cycle_id)
        .outerjoin(Project, Project.id == LedgerEntry.project_id)
        .outerjoin(Commitment, Commitment.id == LedgerEntry.commitment_id)
        .outerjoin(SpendingDocument, SpendingDocument.id == LedgerEntry.document_id)
        .outerjoin(Agreement, Agreement.id == LedgerEntry.agreement_id)
        .outerjoin(Reversed, Reversed.id == LedgerEntry.reverses_id)
        .execution_options(yield_per=1000)
    )


def _link(*cells: Any) -> Link:
    cycle, number, entered_at, on, kind, cents, counterparty, purpose, reference, previous, hash_ = cells[:11]
    year, project, promise, document, agreement, reverses = cells[11:]
    project_code = code(year, project) if project is not None else None
    entry = Written(
        cycle=cycle,
        number=number,
        entered_at=entered_at,
        on=on,
        kind=kind.value,
        amount_cents=cents,
        project=project_code,
        commitment=commitment_code(project_code, promise) if project_code and promise is not None else None,
        counterparty=counterparty,
        purpose=purpose,
        reference=reference,
        document=document,
        agreement=agreement,
        reverses=reverses,
        previous=previous,
    )
    return Link(entry=entry, hash=hash_)
