"""Reading milestones and how their forecasts moved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.projects.models import ForecastChange, Milestone
from app.taskforces.projects.promises.rules import Dates, Timing, is_unexplained, slip_days, timing
from app.taskforces.projects.rules import ForecastReason


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """A milestone with how it stands today; late and missed are derived, never stored."""

    id: int
    title: str
    done_means: str
    baseline_on: date
    forecast_on: date
    actual_on: date | None
    evidence: str | None
    timing: Timing
    days_late: int
    unexplained: bool

    @property
    def dates(self) -> Dates:
        """Its three dates."""
        return Dates(baseline_on=self.baseline_on, forecast_on=self.forecast_on, actual_on=self.actual_on)


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A forecast that moved, with the reason residents read."""

    milestone_id: int
    old_on: date
    new_on: date
    reason: ForecastReason
    explanation: str
    by: str
    changed_at: datetime


def milestones(project_id: int, on: date) -> list[MilestoneRow]:
    """A project's milestones in their order, as they stand on a day."""
    return milestones_by_project([project_id], on).get(project_id, [])


def milestones_by_project(project_ids: Collection[int], on: date) -> dict[int, list[MilestoneRow]]:
    """The milestones of several projects in their order, as they stand on a day, in one statement."""
    query = sa.select(Milestone).where(Milestone.project_id.in_(project_ids)).order_by(Milestone.position)
    found: dict[int, list[MilestoneRow]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.project_id, []).append(_milestone(row, on))
    return found


def forecast_changes(project_id: int) -> list[ChangeRow]:
    """Every forecast of a project that moved, newest first."""
    query = (
        sa.select(ForecastChange, Person.public_name)
        .join(Milestone, Milestone.id == ForecastChange.milestone_id)
        .join(Person, Person.id == ForecastChange.person_id)
        .where(Milestone.project_id == project_id)
        .order_by(ForecastChange.id.desc())
    )
    return [
        ChangeRow(
            milestone_id=row.milestone_id,
            old_on=row.old_on,
            new_on=row.new_on,
            reason=row.reason,
            explanation=row.explanation,
            by=name,
            changed_at=row.changed_at,
        )
        for row, name in db.session.execute(query)
    ]


def milestone(project_id: int, milestone_id: int, on: date) -> MilestoneRow:
    """One milestone of a project; NotFound where it has no such."""
    for row in milestones(project_id, on):
        if row.id == milestone_id:
            return row
    raise NotFound


def _milestone(row: Milestone, on: date) -> MilestoneRow:
    dates = Dates(baseline_on=row.baseline_on, forecast_on=row.forecast_on, actual_on=row.actual_on)
    return MilestoneRow(
        id=row.id,
        title=row.title,
        done_means=row.done_means,
        baseline_on=row.baseline_on,
        forecast_on=row.forecast_on,
        actual_on=row.actual_on,
        evidence=row.evidence,
        timing=timing(dates, on),
        days_late=slip_days(dates, on),
        unexplained=is_unexplained(dates, on),
    )
