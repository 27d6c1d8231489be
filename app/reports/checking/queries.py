"""Finding the edition that a code or a file belongs to."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db
from app.reports import queries
from app.reports.checking.models import DraftHash
from app.reports.checking.rules import Verdict, verdict
from app.reports.queries import EditionDetail, EditionRow, FileRow
from app.reports.rules import EditionStage, Form


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An edition that was found, what is true of it, and its file where the hash was that of one.

    One that was given up has no page any more, so no `detail`.
    """

    row: EditionRow
    verdict: Verdict
    detail: EditionDetail | None = None
    file: FileRow | None = None


def found(typed: str) -> list[Finding]:
    """The editions whose figures, now or as a draft, or one of whose files have a hash that begins like this."""
    start = typed.lower()
    rows = queries.by_hash(start)
    seen = {row.id for row in rows}
    drafts = sa.select(DraftHash.edition_id).where(DraftHash.data_hash.startswith(start, autoescape=True))
    signed = db.session.scalars(drafts.where(DraftHash.edition_id.not_in(seen)).order_by(DraftHash.edition_id))
    return [_finding(row, start) for row in rows] + [_once_a_draft(edition_id) for edition_id in signed]


def _finding(row: EditionRow, start: str) -> Finding:
    if row.stage is EditionStage.DROPPED:
        return Finding(row=row, verdict=Verdict.GIVEN_UP)
    edition = queries.detail(row.id)
    file = next((each for each in edition.files if each.file_hash.startswith(start)), None)
    is_draft = file is not None and file.form is Form.DRAFT
    true = verdict(row.stage, number=row.number, newest=edition.newest, is_draft=is_draft)
    return Finding(row=row, verdict=true, detail=edition, file=file)


def _once_a_draft(edition_id: int) -> Finding:
    """An edition that was signed since: its code is another now."""
    edition = queries.detail(edition_id)
    true = verdict(edition.row.stage, number=edition.row.number, newest=edition.newest, is_draft=True)
    return Finding(row=edition.row, verdict=true, detail=edition)
