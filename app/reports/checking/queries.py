"""Finding the edition that a code or a file belongs to."""

from dataclasses import dataclass

from app.reports import queries
from app.reports.checking.rules import Verdict, verdict
from app.reports.queries import EditionDetail, FileRow


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
    return Finding(
        edition=edition,
        verdict=verdict(row.stage, number=row.number, newest=edition.newest),
        file=next((file for file in edition.files if file.file_hash.startswith(typed)), None),
    )
