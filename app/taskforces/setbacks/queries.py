"""Reading setbacks: what went wrong with a project and what is done about it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.setbacks.models import CorrectiveAction, Setback
from app.taskforces.setbacks.rules import SetbackStage


@dataclass(frozen=True, kw_only=True)
class ActionRow:
    """A corrective action."""

    id: int
    step: str
    owner: str
    due_on: date
    done_on: date | None

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and today > self.due_on


@dataclass(frozen=True, kw_only=True)
class SetbackRow:
    """A setback with its corrective actions in the order they were planned."""

    id: int
    project_id: int
    title: str
    description: str
    cause: str
    effect: str
    stage: SetbackStage
    found_on: date
    due_on: date
    resolved_on: date | None
    actions: tuple[ActionRow, ...]

    @property
    def ready(self) -> bool:
        """Whether everything planned against it is done, so that it can be resolved."""
        return self.resolved_on is None and bool(self.actions) and all(a.done_on for a in self.actions)

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and it is not resolved."""
        return self.resolved_on is None and today > self.due_on


def setbacks(*project_ids: int) -> list[SetbackRow]:
    """The setbacks of these projects, newest first, in two statements."""
    return _rows(Setback.project_id.in_(project_ids))


def setback(setback_id: int) -> SetbackRow:
    """One setback; NotFound where there is none."""
    found = _rows(Setback.id == setback_id)
    if not found:
        raise NotFound
    return found[0]


def _rows(condition: sa.ColumnElement[bool]) -> list[SetbackRow]:
    rows = list(db.session.scalars(sa.select(Setback).where(condition).order_by(Setback.found_on.desc(), Setback.id)))
    actions = _actions([row.id for row in rows]) if rows else {}
    return [
        SetbackRow(
            id=row.id,
            project_id=row.project_id,
            title=row.title,
            description=row.description,
            cause=row.cause,
            effect=row.effect,
            stage=row.stage,
            found_on=row.found_on,
            due_on=row.due_on,
            resolved_on=row.resolved_on,
            actions=tuple(actions.get(row.id, ())),
        )
        for row in rows
    ]


def _actions(setback_ids: list[int]) -> dict[int, list[ActionRow]]:
    columns = CorrectiveAction
    query = (
        sa.select(columns.setback_id, columns.id, columns.step, columns.owner, columns.due_on, columns.done_on)
        .where(columns.setback_id.in_(setback_ids))
        .order_by(columns.id)
    )
    found: dict[int, list[ActionRow]] = {}
    for setback_id, i, step, owner, due_on, done_on in db.session.execute(query):
        row = ActionRow(id=i, step=step, owner=owner, due_on=due_on, done_on=done_on)
        found.setdefault(setback_id, []).append(row)
    return found
