"""Reading commitments: those of a project, one with its payments, and whether more can be promised."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Rows
from app.cycles.models import Cycle
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code
from app.taskforces.setbacks.models import Setback
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.contracts import queries as contracts
from app.taskforces.spending.contracts.models import PublishedContract
from app.taskforces.spending.models import Commitment, LedgerEntry, SpendingDocument
from app.taskforces.spending.queries import EntryRow
from app.taskforces.spending.rules import commitment_code


@dataclass(frozen=True, kw_only=True)
class CommitmentRow:
    """One commitment, and how much of it is paid."""

    id: int
    project_id: int
    code: str
    counterparty: str
    purpose: str
    amount_cents: int
    spent_cents: int
    made_on: date
    closed_on: date | None
    document_id: int
    document: str
    has_file: bool
    is_public: bool
    ocid: str | None
    """The id under which the council has published the contract, if it has."""
    contract_url: str | None

    @property
    def left_cents(self) -> int:
        """What may still be paid on it."""
        return self.amount_cents - self.spent_cents


def of_project(project_id: int) -> list[CommitmentRow]:
    """A project's commitments in the order they were made."""
    query = _rows().where(Commitment.project_id == project_id).order_by(Commitment.number)
    return [_row(*cells) for cells in db.session.execute(query)]


def of_projects(project_ids: Collection[int]) -> dict[int, list[CommitmentRow]]:
    """The commitments of several projects in the order they were made, in one statement."""
    found: dict[int, list[CommitmentRow]] = {}
    query = _rows().where(Commitment.project_id.in_(project_ids)).order_by(Commitment.project_id, Commitment.number)
    for cells in db.session.execute(query):
        row = _row(*cells)
        found.setdefault(row.project_id, []).append(row)
    return found


def commitment(project_id: int, commitment_id: int) -> CommitmentRow:
    """One commitment of this project; NotFound for any other."""
    query = _rows().where(Commitment.id == commitment_id, Commitment.project_id == project_id)
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    return _row(*found)


def entries_of(commitment_id: int) -> list[EntryRow]:
    """Everything that happened to a commitment, in the order it happened."""
    return ledger.rows(LedgerEntry.commitment_id == commitment_id)


def has_open_setback(project_id: int) -> bool:
    """Whether a setback of the project is not resolved."""
    query = sa.select(Setback.id).where(Setback.project_id == project_id, Setback.resolved_on.is_(None)).limit(1)
    return db.session.execute(query).first() is not None


def _rows() -> Rows:
    return (
        sa.select(
            Commitment, Cycle.year, Project.number, SpendingDocument, PublishedContract.ocid, PublishedContract.url
        )
        .join(Project, Project.id == Commitment.project_id)
        .join(Cycle, Cycle.id == Project.cycle_id)
        .join(SpendingDocument, SpendingDocument.id == Commitment.document_id)
        .outerjoin(PublishedContract, contracts.counting())
    )


def _row(
    row: Commitment, year: int, number: int, document: SpendingDocument, ocid: str | None, url: str | None
) -> CommitmentRow:
    return CommitmentRow(
        id=row.id,
        project_id=row.project_id,
        code=commitment_code(code(year, number), row.number),
        counterparty=row.counterparty,
        purpose=row.purpose,
        amount_cents=row.amount_cents,
        spent_cents=row.spent_cents,
        made_on=row.made_on,
        closed_on=row.closed_on,
        document_id=document.id,
        document=document.title,
        has_file=document.digest is not None,
        is_public=document.is_public,
        ocid=ocid,
        contract_url=url,
    )
