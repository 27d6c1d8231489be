"""A preview of a report, made as an edition would be and kept nowhere; and what stands about reports on other pages."""

import json
from datetime import datetime
from typing import Any

from flask import url_for

from app.core.access import current_actor
from app.core.clock import now
from app.core.panels import Panel, Thing
from app.places import queries as places
from app.reports import pages, policies, queries, services, words
from app.reports.commenting import queries as commenting
from app.reports.desk import queries as desk
from app.reports.duties import queries as duties
from app.reports.languages import queries as languages
from app.reports.models import Edition
from app.reports.queries import EditionDetail, EditionRow
from app.reports.rules import EditionStage, Line, ReportKind, Subject, data_hash, figures_hash


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


def publish_address(line: Line) -> str:
    """Where a report is published."""
    first = line.period.first_on if line.period else None
    return url_for("reports.publish", kind=line.kind.value, subject_id=line.subject_id, first=first)


def beside(thing: Thing) -> Panel | None:
    """The newest public edition of each report about a thing, its shelf, and for its clerks what they may publish."""
    published = desk.newest_about(Subject(thing.kind), thing.id)
    doors = _doors(thing)
    shelf_url = url_for("shelves.of_task_force", slug=thing.slug) if thing.kind == Subject.TASK_FORCE else None
    if not (published or doors or shelf_url):
        return None
    facts = {"published": published, "doors": doors, "shelf_url": shelf_url, "words": words}
    return Panel(template="reports/_about.html", facts=facts)


def _doors(thing: Thing) -> list[tuple[str, str]]:
    """What whoever is looking may publish about a thing, and where."""
    if not policies.may_publish(current_actor(), thing.neighborhood_id):
        return []
    where = next(place for place in places.neighborhoods() if place.id == thing.neighborhood_id)
    lines = desk.lines_about(Subject(thing.kind), thing.id, duties.here(where))
    found = [(words.name_of(line), publish_address(line)) for line in lines]
    if thing.kind == Subject.CYCLE:
        found.append((str(words.KINDS[ReportKind.LETTER]), url_for("letters.index", cycle_id=thing.id)))
    return found
