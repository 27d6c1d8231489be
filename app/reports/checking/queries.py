"""Finding the edition that a code or a file belongs to."""

from dataclasses import dataclass

from app.reports import queries
from app.reports.checking.rules import Verdict, verdict
from app.reports.queries import EditionDetail, FileRow
from app.reports.rules import Form


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An edition that was found, what is true of it, and its file where the hash was that of one."""

    edition: EditionDetail
    verdict: Verdict
    file: FileRow | None


def found(typed: str) -> list[Finding]:
    """The editions whose figures, or one of whose files, have a hash that begins like this."""
    return [_finding(queries.detail(row.id), typed.lower()) for row in queries.by_hash(typed)]


def _finding(edition: EditionDetail, typed: str) -> Finding:
    row = edition.row
    file = next((each for each in edition.files if each.file_hash.startswith(typed)), None)
    is_draft = file is not None and file.form is Form.DRAFT
    true = verdict(row.stage, number=row.number, newest=edition.newest, is_draft=is_draft)
    return Finding(edition=edition, verdict=true, file=file)
