"""Reading imported lists and the rows that were turned away."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, Rows, page_of
from app.core.tables import neutral
from app.voting.roll.imports import words
from app.voting.roll.imports.models import RejectedRow, RollImport
from app.voting.roll.imports.rules import COLUMNS, ImportStage

SIZE = 50


@dataclass(frozen=True, kw_only=True)
class ImportFacts:
    """An imported list and how many of its rows were good."""

    id: int
    file_name: str
    file_hash: str
    rows: int
    accepted: int
    stage: ImportStage
    by: str
    made_at: datetime

    @property
    def rejected(self) -> int:
        """How many rows were turned away."""
        return self.rows - self.accepted


@dataclass(frozen=True, kw_only=True)
class Turned:
    """A row that was turned away, and why, in words."""

    line: int
    cells: tuple[str, ...]
    why: str


def imports(cycle_id: int) -> list[ImportFacts]:
    """Every list of a cycle, the newest first."""
    query = _imports().where(RollImport.cycle_id == cycle_id).order_by(RollImport.id.desc())
    return [ImportFacts(**row._mapping) for row in db.session.execute(query)]


def one(cycle_id: int, import_id: int) -> ImportFacts:
    """One list of this cycle; NotFound for any other."""
    query = _imports().where(RollImport.cycle_id == cycle_id, RollImport.id == import_id)
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    return ImportFacts(**found._mapping)


def rejected(import_id: int, *, number: int = 1) -> Page[Turned]:
    """The rows that were turned away, page by page."""
    return page_of(_rejected(import_id), number=number, size=SIZE, row=_turned)


def rejected_csv(import_id: int) -> str:
    """The same as a file to correct and bring in again: no cell is taken for a formula, the reason comes last."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*COLUMNS, "line", "why_not"])
    for line, faults, cells in db.session.execute(_rejected(import_id)):
        padded = [*cells, *[""] * (len(COLUMNS) - len(cells))]
        writer.writerow([*(neutral(cell) for cell in padded), line, words.of_row(faults)])
    return "\ufeff" + file.getvalue()


def _imports() -> Rows:
    return sa.select(
        RollImport.id,
        RollImport.file_name,
        RollImport.file_hash,
        RollImport.rows,
        RollImport.accepted,
        RollImport.stage,
        Person.public_name.label("by"),
        RollImport.made_at,
    ).join(Person, Person.id == RollImport.by_id)


def _rejected(import_id: int) -> Rows:
    query = sa.select(RejectedRow.line, RejectedRow.faults, RejectedRow.cells)
    return query.where(RejectedRow.import_id == import_id).order_by(RejectedRow.line)


def _turned(line: int, faults: list[str], cells: list[str]) -> Turned:
    return Turned(line=line, cells=tuple(cells), why=words.of_row(faults))
