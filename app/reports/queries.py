"""Reading editions."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, Rows, page_of
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.reports.models import Edition
from app.reports.rules import EditionStage, ReportKind, code


@dataclass(frozen=True, kw_only=True)
class EditionRow:
    """One edition in a list."""

    id: int
    code: str
    kind: ReportKind
    cycle_id: int
    cycle_name: str
    neighborhood_id: int
    neighborhood_name: str
    time_zone: str
    language: str
    number: int
    stage: EditionStage
    data_hash: str
    file_hash: str | None
    requested_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class EditionDetail:
    """An edition with the facts it prints, and the newest number of its line."""

    row: EditionRow
    snapshot: dict[str, Any]
    newest: int


COLUMNS = (
    Edition,
    Cycle.name,
    Cycle.slug,
    Neighborhood.id,
    Neighborhood.name,
    Neighborhood.slug,
    Neighborhood.time_zone,
)


def editions(*, page: int = 1, size: int = 20) -> Page[EditionRow]:
    """Every published edition, newest first, and those on their way."""
    query = _joined().order_by(Edition.requested_at.desc(), Edition.id.desc())
    return page_of(query, number=page, size=size, row=_row)


def of_cycle(cycle_id: int) -> list[EditionRow]:
    """The editions of one cycle, newest first."""
    query = _joined().where(Edition.cycle_id == cycle_id).order_by(Edition.number.desc())
    return [_row(*found) for found in db.session.execute(query)]


def detail(edition_id: int) -> EditionDetail:
    """The edition; NotFound for an unknown one."""
    found = db.session.execute(_joined().where(Edition.id == edition_id)).first()
    if found is None:
        raise NotFound
    edition: Edition = found[0]
    line = sa.select(sa.func.max(Edition.number)).where(
        Edition.kind == edition.kind, Edition.cycle_id == edition.cycle_id, Edition.language == edition.language
    )
    newest = db.session.scalar(line)
    return EditionDetail(row=_row(*found), snapshot=json.loads(edition.snapshot), newest=newest or edition.number)


def snapshot_text(edition_id: int) -> str:
    """The canonical snapshot, byte for byte what the data hash was made of; NotFound for an unknown edition."""
    text = db.session.scalar(sa.select(Edition.snapshot).where(Edition.id == edition_id))
    if text is None:
        raise NotFound
    return text


def by_hash(typed: str) -> list[EditionRow]:
    """Editions whose data hash or file hash begins with what was typed (12 hex digits or more)."""
    start = typed.lower().strip()
    matches = sa.or_(
        Edition.data_hash.startswith(start, autoescape=True), Edition.file_hash.startswith(start, autoescape=True)
    )
    return [_row(*found) for found in db.session.execute(_joined().where(matches).order_by(Edition.id))]


def _joined() -> Rows:
    return (
        sa.select(*COLUMNS)
        .join(Cycle, Cycle.id == Edition.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
    )


def _row(edition: Edition, cycle: str, slug: str, where_id: int, where: str, where_slug: str, zone: str) -> EditionRow:
    return EditionRow(
        id=edition.id,
        code=code(edition.kind, neighborhood=where_slug, cycle=slug, number=edition.number),
        kind=edition.kind,
        cycle_id=edition.cycle_id,
        cycle_name=cycle,
        neighborhood_id=where_id,
        neighborhood_name=where,
        time_zone=zone,
        language=edition.language,
        number=edition.number,
        stage=edition.stage,
        data_hash=edition.data_hash,
        file_hash=edition.file_hash,
        requested_at=edition.requested_at,
        published_at=edition.published_at,
    )
