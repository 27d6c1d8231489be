"""Reading the promises of a project, the latest and those before it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.taskforces.projects.baselines.models import Baseline
from app.taskforces.projects.promises.rules import MilestoneKind


@dataclass(frozen=True, kw_only=True)
class BaselineLine:
    """One milestone of a promise; `was_on` is its day in the promise before, None where it came with this one."""

    id: int
    title: str
    kind: MilestoneKind
    promised_on: date
    was_on: date | None
    dropped: bool


@dataclass(frozen=True, kw_only=True)
class BaselineRow:
    """A promise as both sides signed it, with its copy of the milestones."""

    id: int
    number: int
    agreement_id: int | None
    agreed_at: datetime
    reason: str | None
    scope: str | None
    allocated_cents: int
    milestones: tuple[BaselineLine, ...]

    @property
    def days(self) -> Mapping[int, date]:
        """The promised day of each milestone that was not dropped with it, by its id."""
        return {each.id: each.promised_on for each in self.milestones if not each.dropped}


def baselines(project_id: int) -> list[BaselineRow]:
    """The promises of a project, newest first."""
    query = sa.select(Baseline).where(Baseline.project_id == project_id).order_by(Baseline.number.desc())
    return [
        BaselineRow(
            id=row.id,
            number=row.number,
            agreement_id=row.agreement_id,
            agreed_at=row.agreed_at,
            reason=row.reason,
            scope=row.scope,
            allocated_cents=row.allocated_cents,
            milestones=tuple(_line(each) for each in json.loads(row.milestones)["milestones"]),
        )
        for row in db.session.scalars(query)
    ]


def latest(project_id: int) -> tuple[int, str | None]:
    """The number of the promise that stands (0 before the first) and the scope as it was last changed, if it was."""
    rows = baselines(project_id)
    scope = next((row.scope for row in rows if row.scope), None)
    return (rows[0].number if rows else 0), scope


def _line(each: Mapping[str, Any]) -> BaselineLine:
    was_on = each.get("was_on")
    return BaselineLine(
        id=each["id"],
        title=each["title"],
        kind=MilestoneKind(each["kind"]),
        promised_on=date.fromisoformat(each["promised_on"]),
        was_on=date.fromisoformat(was_on) if was_on else None,
        dropped=each["dropped"],
    )
