"""Reading drafts: who may, those of a project, one of them, and what waits for whom since when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.projects.models import Project
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.queries import project as project_card
from app.taskforces.seats import queries as seats
from app.taskforces.seats.rules import SeatKind
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.drafts.rules import DraftStage, Part, Step, part_of, why_not


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """A draft as those who sit in the task force see it."""

    id: int
    project_id: int
    writer_id: int
    by: str
    what_changed: str
    why: str
    what_next: str
    stage: DraftStage
    edition: int
    written_at: datetime
    handed_in_at: datetime | None
    due_on: date | None
    note: str | None
    part: Part
    """What the person who reads it is to it."""

    def may(self, step: str) -> bool:
        """Whether they may take this step."""
        return why_not(Step(step), self.stage, self.part) is None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A draft that waits for a co-chair: since when, and the day on which it is public without one."""

    draft_id: int
    project_id: int
    project_title: str
    task_force_id: int
    since: datetime
    due_on: date


@dataclass(frozen=True, kw_only=True)
class OnItsWay:
    """A draft that is not public yet, for a letter about it."""

    project_id: int
    project_title: str
    writer_id: int
    what_changed: str
    stage: DraftStage
    due_on: date | None
    note: str | None


def sitting(task_force_id: int | None, on: date) -> frozenset[int]:
    """The ids of those who sit in a task force on a day and may write for it; observers watch."""
    return frozenset(_names(task_force_id, on))


def of_project(project: ProjectCard, viewer: Actor | None, on: date) -> list[DraftFacts]:
    """The drafts of a project, the longest waiting first; none for those who do not sit in its task force."""
    members = _names(project.task_force_id, on) if viewer else {}
    if viewer is None or viewer.id not in members:
        return []
    chairs = seats.co_chair_ids(project.task_force_id, on)
    query = sa.select(UpdateDraft, Person.public_name).join(Person, Person.id == UpdateDraft.writer_id)
    query = query.where(UpdateDraft.project_id == project.id, UpdateDraft.stage != DraftStage.PUBLISHED)
    rows = db.session.execute(query.order_by(UpdateDraft.stage, UpdateDraft.handed_in_at, UpdateDraft.id))
    return [
        _facts(
            row,
            members.get(row.writer_id, by),
            part_of(viewer.id, writer_id=row.writer_id, sitting=members, chairs=chairs),
        )
        for row, by in rows
    ]


def one(project: ProjectCard, draft_id: int, viewer: Actor, on: date) -> DraftFacts:
    """One draft for `viewer`; NotFound for whoever does not sit there, and once it is published or thrown away."""
    found = next((draft for draft in of_project(project, viewer, on) if draft.id == draft_id), None)
    if found is None:
        raise NotFound
    return found


def waiting(task_force_ids: Collection[int]) -> list[Waiting]:
    """What waits for the co-chairs of these task forces, the oldest first, in one statement."""
    query = sa.select(UpdateDraft, Project.title, Project.task_force_id)
    query = query.join(Project, Project.id == UpdateDraft.project_id)
    query = query.where(Project.task_force_id.in_(task_force_ids), UpdateDraft.stage == DraftStage.WAITING)
    rows = db.session.execute(query.order_by(UpdateDraft.handed_in_at, UpdateDraft.id))
    return [_waiting(row, title, task_force_id or 0) for row, title, task_force_id in rows]


def _waiting(row: UpdateDraft, title: str, task_force_id: int) -> Waiting:
    assert row.handed_in_at is not None and row.due_on is not None  # it waits until a day
    return Waiting(
        draft_id=row.id,
        project_id=row.project_id,
        project_title=title,
        task_force_id=task_force_id,
        since=row.handed_in_at,
        due_on=row.due_on,
    )


def on_its_way(draft_id: int) -> OnItsWay | None:
    """The draft, or None once it is public or thrown away."""
    query = sa.select(UpdateDraft, Project.title).join(Project, Project.id == UpdateDraft.project_id)
    found = db.session.execute(query.where(UpdateDraft.id == draft_id, UpdateDraft.update_id.is_(None))).first()
    if found is None:
        return None
    row, title = found
    return OnItsWay(
        project_id=row.project_id,
        project_title=title,
        writer_id=row.writer_id,
        what_changed=row.what_changed,
        stage=row.stage,
        due_on=row.due_on,
        note=row.note,
    )


def chairs_of(project_id: int) -> frozenset[int]:
    """Who chairs the task force of a project today."""
    project = project_card(project_id)
    return seats.co_chair_ids(project.task_force_id, today(project.time_zone))


def _names(task_force_id: int | None, on: date) -> dict[int, str]:
    """What is read of each of those who may write, by id."""
    if task_force_id is None:
        return {}
    held = seats.seats(task_force_id, constituted_on=on, on=on).held
    return {seat.person_id: seat.name for seat in held if seat.kind is not SeatKind.OBSERVER}


def _facts(row: UpdateDraft, by: str, part: Part) -> DraftFacts:
    return DraftFacts(
        id=row.id,
        project_id=row.project_id,
        writer_id=row.writer_id,
        by=by,
        what_changed=row.what_changed,
        why=row.why,
        what_next=row.what_next,
        stage=row.stage,
        edition=row.edition,
        written_at=row.written_at,
        handed_in_at=row.handed_in_at,
        due_on=row.due_on,
        note=row.note,
        part=part,
    )
