"""Editions as large as none has been: thousands of rows in their lists, and a title of 400 characters."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.reports.queries import EditionDetail
from app.reports.rules import ReportKind

LISTS: Mapping[ReportKind, tuple[str, ...]] = {
    ReportKind.AGENDA: ("items",),
    ReportKind.ANNUAL: ("projects",),
    ReportKind.BOOKLET: ("options",),
    ReportKind.COMPLETION: ("commitments", "milestones", "completion.snags"),
    ReportKind.DELIVERY: ("milestones", "projects"),
    ReportKind.LETTER: ("path",),
    ReportKind.MINUTES: ("carried", "places"),
    ReportKind.ONE_PAGER: (),
    ReportKind.PROGRESS: ("questions",),
    ReportKind.PAPER_BALLOT: ("options",),
    ReportKind.QUESTIONS: ("questions",),
    ReportKind.RECONCILIATION: ("certificate.differences", "certificate.projects"),
    ReportKind.RESULTS: ("objections",),
    ReportKind.SETBACKS: ("setbacks",),
}
"""What can be long in each kind, as it stands in its figures."""
WORDS = "Lamps, benches and a crossing where Mill Lane meets the street to the school "
TITLE = (WORDS * 6)[:399] + "."
UNBROKEN = "W" * 400


def grown(
    edition: EditionDetail, rows: int, *, title: str = TITLE, lists: tuple[str, ...] | None = None
) -> EditionDetail:
    """The same edition with so many rows in its lists, the first of them and the report itself called `title`."""
    snapshot = json.loads(edition.text)
    for path in LISTS[edition.row.kind] if lists is None else lists:
        *way, last = path.split(".")
        holder = snapshot["figures"]
        for step in way:
            holder = holder[step]
        holder[last] = [_again(holder[last][number % len(holder[last])], number) for number in range(rows)]
        _entitle(holder[last][0], title)
    for name in ("project", "proposal"):
        _entitle(snapshot["figures"].get(name) or {}, title)
    snapshot["subject"] = title
    return replace(edition, snapshot=snapshot, row=replace(edition.row, title=title))


def _again(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    named = {"code": f"{row['code'][:-4]}{number:04}"} if isinstance(row.get("code"), str) else {}
    return json.loads(json.dumps(row)) | named


def _entitle(row: dict[str, Any], title: str) -> None:
    for name in ("title", "project_title", "text", "what"):
        if isinstance(row.get(name), str):
            row[name] = title
