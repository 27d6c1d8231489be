"""A preview of a report, from the figures of today or from a draft that was frozen before."""

import json
from datetime import datetime
from typing import Any

from app.core.clock import now
from app.reports import pages, queries, services
from app.reports.commenting import queries as commenting
from app.reports.languages import queries as languages
from app.reports.models import Edition
from app.reports.queries import EditionDetail, EditionRow
from app.reports.rules import EditionStage, Line, data_hash, figures_hash


def preview(line: Line) -> dict[str, Any]:
    """What the page of the next edition of a line would be given; refused where there is nothing to report."""
    return pages.shown(following(line))


def following(line: Line) -> EditionDetail:
    """The next edition of a line as it would be frozen now; refused where there is nothing to report."""
    draft = drafted(line)
    return draft_detail(line, draft.snapshot, at=draft.requested_at)


def drafted(line: Line) -> Edition:
    """The next edition of a line as it would be frozen today; kept nowhere by this."""
    subject, figures = queries.subject_of(line), commenting.figures_of(line)
    so_far = queries.of_line(line)
    draft = Edition(
        kind=line.kind,
        line=line.key,
        number=so_far[0].number + 1 if so_far else 1,
        first_on=line.period.first_on if line.period else None,
        last_on=line.period.last_on if line.period else None,
        languages=subject.printed_in,
        figures_hash=figures_hash(figures),
        requested_at=now(),
    )
    draft.code = queries.code_of(line, draft.number or 1)
    kept, _short = languages.frozen(line, figures, subject, subject.printed_in)
    services.write_snapshot(draft, figures, subject, signatures=(), translations=kept)
    return draft


def as_draft(line: Line, text: str, *, at: datetime) -> dict[str, Any]:
    """What the page of a draft is given, from the snapshot that was frozen at a moment."""
    return pages.shown(draft_detail(line, text, at=at))


def draft_detail(line: Line, text: str, *, at: datetime) -> EditionDetail:
    """A draft that has no row of its own as its page and its paper read it."""
    snapshot, subject = json.loads(text), queries.subject_of(line)
    row = EditionRow(
        id=0,
        code=snapshot["code"],
        line=line,
        title=subject.name,
        neighborhood_id=subject.neighborhood_id,
        neighborhood_name=subject.neighborhood,
        time_zone=subject.time_zone,
        languages=tuple(snapshot["languages"]),
        number=snapshot["number"],
        note=None,
        stage=EditionStage.SIGNING,
        fault=None,
        data_hash=data_hash(text),
        requested_at=at,
        published_at=None,
    )
    return EditionDetail(
        row=row,
        text=text,
        snapshot=snapshot,
        files=(),
        wanted=0,
        newest=row.number,
        newest_id=0,
        due_on=None,
        withdrawn_at=None,
        withdrawn_reason=None,
    )
