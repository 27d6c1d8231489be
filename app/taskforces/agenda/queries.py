"""Reading what waits for a co-chair, over all their task forces: every room is asked once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.clock import today
from app.taskforces.agenda.rules import Due, Item, Todo, of_project, oldest_first
from app.taskforces.oversight import queries as oversight
from app.taskforces.projects import queries as projects
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import ENDED
from app.taskforces.seats import queries as seats
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.setbacks.actions.rules import ActionStage
from app.taskforces.setbacks.queries import SetbackRow
from app.taskforces.setbacks.rules import SetbackStage
from app.taskforces.signing import queries as signing
from app.taskforces.updates.drafts import queries as drafts


@dataclass(frozen=True, kw_only=True)
class Led:
    """What somebody leads as a co-chair: their task forces and the projects of these."""

    person_id: int
    task_force_ids: tuple[int, ...]
    projects: tuple[ProjectCard, ...]

    @property
    def running(self) -> tuple[ProjectCard, ...]:
        """Those that have not ended."""
        return tuple(card for card in self.projects if card.stage not in ENDED)


def led_by(person_id: int) -> Led:
    """The task forces somebody co-chairs today, and their projects."""
    bodies = tuple(seats.chaired_by(person_id, today()))
    found = projects.of_task_forces(*bodies) if bodies else []
    return Led(person_id=person_id, task_force_ids=bodies, projects=tuple(found))


def waiting(led: Led) -> list[Item]:
    """Everything that waits for this co-chair, what has waited longest first."""
    if not led.task_force_ids:
        return []
    sources = (_signatures, _drafts, _recommendations, _of_projects, _setbacks)
    return oldest_first(item for source in sources for item in source(led))


def _signatures(led: Led) -> Iterator[Item]:
    for row in signing.open_of(led.task_force_ids):
        here = today(row.time_zone)
        signer = signing.signer_of(row, led.person_id, here)
        asked = signer is not None and any(
            (place.task_force_id, place.side) == (signer.task_force_id, signer.side) for place in row.missing
        )
        if asked and here <= row.due_on:
            yield Item(
                todo=Todo.SIGN,
                about=row.project_title or row.task_force,
                since=_day(row.proposed_at, row.time_zone),
                due_on=row.due_on,
                changes_on=row.due_on + timedelta(days=1),
                at={"agreement_id": row.id},
            )


def _drafts(led: Led) -> Iterator[Item]:
    zones = {card.id: card.time_zone for card in led.projects}
    for row in drafts.waiting(led.task_force_ids):
        yield Item(
            todo=Todo.CHECK_UPDATE,
            about=row.project_title,
            since=_day(row.since, zones.get(row.project_id, "UTC")),
            due_on=row.due_on,
            changes_on=row.due_on,
            at={"project_id": row.project_id, "draft_id": row.draft_id},
        )


def _recommendations(led: Led) -> Iterator[Item]:
    for row in oversight.waiting_for(led.task_force_ids):
        assert row.reply_due_on is not None  # a recommendation has its day
        yield Item(
            todo=Todo.REPLY,
            about=row.project or row.task_force or row.neighborhood,
            what=row.title,
            since=_day(row.published_at, row.time_zone),
            due_on=row.reply_due_on,
            changes_on=row.reply_due_on + timedelta(days=1),
            at={"statement_id": row.id},
        )


def _of_projects(led: Led) -> Iterator[Item]:
    if not led.projects:
        return
    milestones = promises.milestones_by_project([card.id for card in led.projects], today())
    for card in led.projects:
        rows = {row.id: row for row in milestones.get(card.id, [])}
        dates = [(row.id, row.dates) for row in rows.values()]
        for due in of_project(card.standing, card.verdict, dates, today(card.time_zone)):
            yield _of_project(card, due, rows.get(due.milestone_id))


def _of_project(card: ProjectCard, due: Due, milestone: MilestoneRow | None) -> Item:
    at: dict[str, int | str] = {"project_id": card.id}
    if due.todo is Todo.EXPLAIN:
        at["milestone_id"] = due.milestone_id
    elif due.todo is Todo.COMPLETE:
        at["stage"] = "completed"
    elif due.todo is Todo.DUE:
        at["_anchor"] = "milestones"
    return Item(
        todo=due.todo,
        about=card.title,
        what=milestone.title if milestone else "",
        since=due.since,
        due_on=due.due_on,
        changes_on=due.changes_on,
        at=at,
    )


def _setbacks(led: Led) -> Iterator[Item]:
    ids = [card.id for card in led.projects]
    for row in setbacks.setbacks(*ids) if ids else ():
        todo = Todo.RESOLVE if row.ready else Todo.PUT_RIGHT
        if row.ready or (row.resolved_on is None and _needs_a_step(row, today(row.time_zone))):
            about, at = row.project_title or "", {"setback_id": row.id}
            yield Item(todo=todo, about=about, what=row.title, since=row.found_on, due_on=row.due_on, at=at)


def _needs_a_step(row: SetbackRow, on: date) -> bool:
    works = row.stage in (SetbackStage.PLANNED, SetbackStage.CORRECTING, SetbackStage.ACCEPTED)
    claimed = any(action.stage is ActionStage.CLAIMED for action in row.current)
    return not works or claimed or row.overdue(on) or any(action.overdue(on) for action in row.current)


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
