"""Reading what waits for a co-chair, over all their task forces."""

from dataclasses import dataclass
from datetime import date

from app.core.clock import today
from app.taskforces.agenda.rules import MINUTES, Todo, todos
from app.taskforces.projects import queries as projects
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.seats import queries as seats
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.setbacks.actions.rules import ActionStage
from app.taskforces.setbacks.queries import SetbackRow
from app.taskforces.setbacks.rules import SetbackStage


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that waits: on which project, about which milestone or setback, and for about how long."""

    todo: Todo
    project: ProjectCard
    milestone: MilestoneRow | None = None
    setback: SetbackRow | None = None

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return MINUTES[self.todo]


def chaired_projects(person_id: int) -> list[ProjectCard]:
    """The projects of every task force somebody co-chairs today."""
    bodies = seats.chaired_by(person_id, today())
    return projects.of_task_forces(*bodies) if bodies else []


def waiting(led: list[ProjectCard]) -> list[Waiting]:
    """What waits for the co-chairs of these projects, the most pressing first."""
    if not led:
        return []
    ids = [card.id for card in led]
    rows = {card.id: card for card in led}
    found = _setbacks(rows)
    milestones = promises.milestones_by_project(ids, today())
    for card in led:
        found += _of(card, milestones.get(card.id, []), today(card.time_zone))
    order = list(MINUTES)
    return sorted(found, key=lambda one: order.index(one.todo))


def _of(card: ProjectCard, milestones: list[MilestoneRow], on: date) -> list[Waiting]:
    by_id = {row.id: row for row in milestones}
    found = todos(card.standing, card.verdict, [(row.id, row.dates) for row in milestones], on)
    return [Waiting(todo=todo, project=card, milestone=by_id.get(about)) for todo, about in found]


def _setbacks(led: dict[int, ProjectCard]) -> list[Waiting]:
    found = []
    for row in setbacks.setbacks(*led):
        if row.project_id is None:
            continue
        card = led[row.project_id]
        if row.ready:
            found.append(Waiting(todo=Todo.RESOLVE, project=card, setback=row))
        elif row.resolved_on is None and _needs_a_step(row, today(card.time_zone)):
            found.append(Waiting(todo=Todo.PUT_RIGHT, project=card, setback=row))
    return found


def _needs_a_step(row: SetbackRow, on: date) -> bool:
    works = row.stage in (SetbackStage.PLANNED, SetbackStage.CORRECTING, SetbackStage.ACCEPTED)
    claimed = any(action.stage is ActionStage.CLAIMED for action in row.current)
    return not works or claimed or row.overdue(on) or any(action.overdue(on) for action in row.current)
