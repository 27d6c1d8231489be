"""Reading what task forces have published: of a project, and the latest of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db
from app.core.paging import Page, Rows, page_of
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.taskforces.projects.models import Project
from app.taskforces.projects.policies import may_lead
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import ALLOWED, Act, code
from app.taskforces.seats import queries as seats
from app.taskforces.updates.drafts import queries as drafts
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.drafts.queries import DraftFacts
from app.taskforces.updates.models import Update
from app.taskforces.updates.pictures import queries as pictures
from app.taskforces.updates.pictures.queries import PictureFacts
from app.taskforces.updates.stories import queries as stories
from app.taskforces.updates.stories.queries import StoryFacts, Untold
from app.taskforces.updates.versions import queries as versions
from app.taskforces.updates.versions.queries import VersionFacts

NEWEST = 5
"""Updates on the page of a project; the others have a page of their own."""


@dataclass(frozen=True, kw_only=True)
class UpdateRow:
    """One update, and the project it is about."""

    id: int
    project_id: int
    project_code: str
    project_title: str
    what_changed: str
    why: str
    what_next: str
    by: str
    is_unsigned: bool
    """Whether its day came before a co-chair had acted (domain rule 5)."""
    by_member: bool
    """Whether somebody else than the co-chair who published it wrote it; their name stays in the task force."""
    published_at: datetime
    time_zone: str
    languages: tuple[str, ...]
    """Those of the neighborhood; it is written in the first of them."""
    pictures: tuple[PictureFacts, ...] = ()
    versions: Mapping[str, VersionFacts] = field(default_factory=dict)
    """By language: what it says in the others."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a project's page says of its updates: the newest, whether there are more, and what this person may add."""

    updates: tuple[UpdateRow, ...]
    has_more: bool
    drafts: tuple[DraftFacts, ...]
    stories: tuple[StoryFacts, ...]
    untold: tuple[Untold, ...]
    """Finished milestones whose story a co-chair can tell; none for others."""
    sits: bool
    """Whether they sit in the task force, other than to watch."""
    may_write: bool
    """Whether they sit in the task force, and the project still takes updates."""
    may_publish: bool
    """Whether they may do so without anybody else: they are a co-chair."""


def around(project: ProjectCard, viewer: Actor | None, on: date) -> Told:
    """Everything about updates that a project's page shows to `viewer` on a day."""
    is_open = viewer is not None and project.stage in ALLOWED[Act.UPDATE]
    leads = viewer is not None and may_lead(viewer, seats.co_chair_ids(project.task_force_id, on))
    sits = viewer is not None and viewer.id in drafts.sitting(project.task_force_id, on)
    newest = of_project(project.id, limit=NEWEST + 1)
    return Told(
        updates=tuple(newest[:NEWEST]),
        has_more=len(newest) > NEWEST,
        drafts=tuple(drafts.of_project(project, viewer, on)),
        stories=tuple(stories.of_project(project.id)),
        untold=tuple(stories.untold(project.id)) if leads else (),
        sits=sits,
        may_write=sits and is_open,
        may_publish=is_open and leads,
    )


def latest(limit: int = 5) -> list[UpdateRow]:
    """What task forces have published lately, over all projects."""
    return _updates(sa.true(), limit)


def page_of_project(project_id: int, *, number: int) -> Page[UpdateRow]:
    """A page of a project's updates, newest first, in four statements."""
    page = page_of(_query(Update.project_id == project_id), number=number, size=10, row=_row)
    return replace(page, items=_completed(project_id, page.items))


def of_project(project_id: int, *, limit: int | None = None) -> list[UpdateRow]:
    """A project's updates with their pictures and translations, newest first, in three statements."""
    return _completed(project_id, _updates(Update.project_id == project_id, limit))


def _completed(project_id: int, found: Sequence[UpdateRow]) -> list[UpdateRow]:
    shown, said = pictures.of_updates(project_id), versions.of_project(project_id)
    return [replace(row, pictures=tuple(shown.get(row.id, ())), versions=said.get(row.id, {})) for row in found]


def _updates(condition: sa.ColumnElement[bool], limit: int | None) -> list[UpdateRow]:
    return [_row(*found) for found in db.session.execute(_query(condition).limit(limit))]


def _query(condition: sa.ColumnElement[bool]) -> Rows:
    return (
        sa.select(
            Update,
            Project.number,
            Project.title,
            Cycle.year,
            Person.public_name,
            Neighborhood.time_zone,
            Neighborhood.languages,
            sa.and_(UpdateDraft.id.is_not(None), UpdateDraft.signed_by_id.is_(None)).label("is_unsigned"),
            sa.and_(UpdateDraft.id.is_not(None), UpdateDraft.writer_id != Update.person_id).label("by_member"),
        )
        .join(Project, Project.id == Update.project_id)
        .join(Cycle, Cycle.id == Project.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .join(Person, Person.id == Update.person_id)
        .outerjoin(UpdateDraft, UpdateDraft.update_id == Update.id)
        .where(condition)
        .order_by(Update.published_at.desc(), Update.id.desc())
    )


def _row(
    row: Update,
    number: int,
    title: str,
    year: int,
    by: str,
    zone: str,
    languages: Sequence[str],
    is_unsigned: bool,
    by_member: bool,
) -> UpdateRow:
    return UpdateRow(
        id=row.id,
        project_id=row.project_id,
        project_code=code(year, number),
        project_title=title,
        what_changed=row.what_changed,
        why=row.why,
        what_next=row.what_next,
        by="" if is_unsigned else by,
        is_unsigned=bool(is_unsigned),
        by_member=bool(by_member),
        published_at=row.published_at,
        time_zone=zone,
        languages=tuple(languages),
    )
