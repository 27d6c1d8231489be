"""Reading shelves: the editions of a year about a neighborhood or a task force, and the newest ones for a feed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from app.core.db import db
from app.core.paging import Page
from app.reports.models import Edition, EditionFile, EditionWithdrawal
from app.reports.queries import EditionRow, public_page, public_rows
from app.reports.rules import EditionStage, Form, ReportKind
from app.reports.shelves.rules import About
from app.taskforces.meetings.models import Meeting
from app.taskforces.projects.models import Project

NEWEST = 50
"""How many editions one page of a feed tells of."""
SHOWN = (EditionStage.PUBLISHED, EditionStage.WITHDRAWN, EditionStage.SIGNING)
MOST = 500
"""How many editions one shelf holds; the library has all."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """What stands at one place of a shelf: the newest edition of a line, and how many there are."""

    newest: EditionRow
    editions: int


@dataclass(frozen=True, kw_only=True)
class News:
    """An edition that was published, or withdrawn for a reason; when; and the size of its PDF in each language."""

    row: EditionRow
    at: datetime
    reason: str | None = None
    sizes: Mapping[str, int] = field(default_factory=dict)


def shelf(about: About, year: int) -> Mapping[ReportKind, Sequence[Place]]:
    """What was published of a year, by kind of report, the latest first: each line once, with its newest edition."""
    found = public_rows(_is_about(about), _told_of() == year, Edition.stage.in_(SHOWN), size=MOST)
    lines: dict[str, list[EditionRow]] = {}
    for row in found:
        lines.setdefault(row.line.key, []).append(row)
    shelves: dict[ReportKind, list[Place]] = {}
    for editions in lines.values():
        newest = max(editions, key=lambda row: row.number)
        shelves.setdefault(newest.kind, []).append(Place(newest=newest, editions=len(editions)))
    return shelves


def years(about: About) -> list[int]:
    """The years of which something was published."""
    query = sa.select(_told_of()).where(_is_about(about), Edition.stage.in_(SHOWN)).distinct()
    return [int(year) for year in db.session.scalars(query)]


def newest(about: About, *, page: int = 1) -> Page[News]:
    """What was published or withdrawn, the latest first, for a feed and its pages; in four statements."""
    withdrawn = sa.select(EditionWithdrawal.withdrawn_at).where(EditionWithdrawal.edition_id == Edition.id)
    moment = sa.func.coalesce(withdrawn.scalar_subquery(), Edition.published_at)
    stages = Edition.stage.in_((EditionStage.PUBLISHED, EditionStage.WITHDRAWN))
    found = public_page(_is_about(about), stages, by=moment, number=page, size=NEWEST)
    ids = [row.id for row in found.items]
    withdrawals = {
        each.edition_id: each
        for each in db.session.scalars(sa.select(EditionWithdrawal).where(EditionWithdrawal.edition_id.in_(ids)))
    }
    sizes: dict[int, dict[str, int]] = {}
    files = sa.select(EditionFile.edition_id, EditionFile.language, EditionFile.size).where(
        EditionFile.edition_id.in_(ids), EditionFile.form == Form.READERS
    )
    for edition_id, language, size in db.session.execute(files.order_by(EditionFile.id)):
        sizes.setdefault(edition_id, {})[language] = size
    told = [_news(row, withdrawals.get(row.id), sizes.get(row.id, {})) for row in found.items]
    return found.told(told)


def _news(row: EditionRow, withdrawal: EditionWithdrawal | None, sizes: Mapping[str, int]) -> News:
    assert row.published_at is not None  # only what is or was public is asked for
    if withdrawal is None:
        return News(row=row, at=row.published_at, sizes=sizes)
    return News(row=row, at=withdrawal.withdrawn_at, reason=withdrawal.reason)


def _is_about(about: About) -> sa.ColumnElement[bool]:
    if about.neighborhood_id is not None:
        return Edition.neighborhood_id == about.neighborhood_id
    if about.task_force_id is None:
        return sa.true()
    meetings = sa.select(Meeting.id).where(Meeting.task_force_id == about.task_force_id)
    projects = sa.select(Project.id).where(Project.task_force_id == about.task_force_id)
    of_it = Edition.task_force_id == about.task_force_id
    return sa.or_(of_it, Edition.meeting_id.in_(meetings), Edition.project_id.in_(projects))


def _told_of() -> sa.ColumnElement[int]:
    """The year an edition tells of, else that in which it was frozen."""
    return sa.func.coalesce(sa.extract("year", Edition.first_on), sa.extract("year", Edition.requested_at))
