"""A preview: the page of a report as it would be published today, made the same way and kept nowhere."""

import json
from typing import Any

from app.core.clock import now
from app.reports import pages, queries, services
from app.reports.models import Edition
from app.reports.queries import EditionDetail, EditionRow, SubjectFacts
from app.reports.rules import EditionStage, Line, figures_hash, plain


def preview(line: Line) -> dict[str, Any]:
    """What the page of the next edition of a line would be given; refused where there is nothing to report."""
    return pages.shown(following(line))


def following(line: Line) -> EditionDetail:
    """The next edition of a line as it would be frozen now; refused where there is nothing to report."""
    subject = queries.subject_of(line)
    figures = plain(pages.document_of(line.kind).figures(line))
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
    services.write_snapshot(draft, figures, subject, signatures=())
    return _detail(draft, line, subject)


def _detail(draft: Edition, line: Line, subject: SubjectFacts) -> EditionDetail:
    row = EditionRow(
        id=0,
        code=draft.code or "",
        line=line,
        title=subject.name,
        neighborhood_id=subject.neighborhood_id,
        neighborhood_name=subject.neighborhood,
        time_zone=subject.time_zone,
        languages=tuple(draft.languages),
        number=draft.number or 1,
        note=None,
        stage=EditionStage.SIGNING,
        fault=None,
        data_hash=draft.data_hash,
        requested_at=draft.requested_at,
        published_at=None,
    )
    return EditionDetail(
        row=row,
        text=draft.snapshot,
        snapshot=json.loads(draft.snapshot),
        files=(),
        wanted=0,
        newest=row.number,
        newest_id=0,
        due_on=None,
        withdrawn_at=None,
        withdrawn_reason=None,
    )
