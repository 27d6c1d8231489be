"""Reading milestones, what they need, how they stand, and how their forecasts moved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.projects.claims.models import MilestoneClaim
from app.taskforces.projects.claims.rules import Finding
from app.taskforces.projects.models import ForecastChange, Milestone, MilestoneNeed
from app.taskforces.projects.promises.rules import (
    Dates,
    Link,
    MilestoneKind,
    MilestoneStage,
    Timing,
    critical_path,
    is_unexplained,
    slip_days,
    stage_of,
    timing,
)
from app.taskforces.projects.rules import ForecastReason

Later = aliased(MilestoneClaim)
Claimed = tuple[Milestone, Finding | None, date | None]
"""A milestone, what came of its last claim, and the day which that said."""


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """A milestone with how it stands today; stage, late, missed and the path are derived, never stored."""

    id: int
    position: int
    title: str
    done_means: str
    kind: MilestoneKind
    lead: str | None
    baseline_on: date
    forecast_on: date
    actual_on: date | None
    evidence: str | None
    needs: tuple[int, ...]
    stage: MilestoneStage
    timing: Timing
    days_late: int
    unexplained: bool
    is_critical: bool
    """Whether it is on the chain that decides when everything is done, and others are not."""

    @property
    def dates(self) -> Dates:
        """Its three dates."""
        return Dates(baseline_on=self.baseline_on, forecast_on=self.forecast_on, actual_on=self.actual_on)


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A forecast that moved, with the reason residents read."""

    milestone_id: int
    title: str
    old_on: date
    new_on: date
    reason: ForecastReason
    explanation: str
    by: str
    changed_at: datetime


def milestones(project_id: int, on: date) -> list[MilestoneRow]:
    """A project's milestones in their order, as they stand on a day, without those that were dropped."""
    return milestones_by_project([project_id], on).get(project_id, [])


def milestones_by_project(project_ids: Collection[int], on: date) -> dict[int, list[MilestoneRow]]:
    """The milestones of several projects in their order, as they stand on a day, in two statements."""
    needs = _needs(project_ids)
    found: dict[int, list[Claimed]] = {}
    for row, finding, claimed_on in db.session.execute(_with_claims().where(Milestone.project_id.in_(project_ids))):
        found.setdefault(row.project_id, []).append((row, finding, claimed_on))
    return {project_id: _standing(rows, needs, on) for project_id, rows in found.items()}


def forecast_changes(project_id: int) -> list[ChangeRow]:
    """Every forecast of a project that moved, newest first."""
    query = (
        sa.select(ForecastChange, Milestone.title, Person.public_name)
        .join(Milestone, Milestone.id == ForecastChange.milestone_id)
        .join(Person, Person.id == ForecastChange.person_id)
        .where(Milestone.project_id == project_id)
        .order_by(ForecastChange.id.desc())
    )
    return [
        ChangeRow(
            milestone_id=row.milestone_id,
            title=title,
            old_on=row.old_on,
            new_on=row.new_on,
            reason=row.reason,
            explanation=row.explanation,
            by=name,
            changed_at=row.changed_at,
        )
        for row, title, name in db.session.execute(query)
    ]


def milestone(project_id: int, milestone_id: int, on: date) -> MilestoneRow:
    """One milestone of a project; NotFound where it has no such."""
    for row in milestones(project_id, on):
        if row.id == milestone_id:
            return row
    raise NotFound


def rows_of(project_id: int) -> Sequence[Milestone]:
    """The rows of a project's milestones in their order, those that were dropped among them."""
    query = sa.select(Milestone).where(Milestone.project_id == project_id).order_by(Milestone.position)
    return db.session.scalars(query).all()


def stage_now(row: Milestone) -> MilestoneStage:
    """Where a milestone is, as the transaction sees it."""
    query = sa.select(MilestoneClaim.finding).where(MilestoneClaim.milestone_id == row.id)
    last = db.session.execute(query.order_by(MilestoneClaim.number.desc()).limit(1)).first()
    return _stage(row, last.finding if last else None, last is not None)


def needs_of(project_id: int) -> dict[int, tuple[int, ...]]:
    """For each milestone of a project that needs others: their ids."""
    return _needs([project_id])


def _with_claims() -> sa.Select[*tuple[Any, ...]]:
    newer = sa.exists().where(Later.milestone_id == MilestoneClaim.milestone_id, Later.number > MilestoneClaim.number)
    return (
        sa.select(Milestone, MilestoneClaim.finding, MilestoneClaim.actual_on)
        .outerjoin(MilestoneClaim, sa.and_(MilestoneClaim.milestone_id == Milestone.id, ~newer))
        .where(Milestone.dropped_in_id.is_(None))
        .order_by(Milestone.position)
    )


def _needs(project_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    query = (
        sa.select(MilestoneNeed.milestone_id, MilestoneNeed.needs_id)
        .join(Milestone, Milestone.id == MilestoneNeed.milestone_id)
        .where(Milestone.project_id.in_(project_ids))
        .order_by(MilestoneNeed.needs_id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for milestone_id, needs_id in db.session.execute(query):
        found[milestone_id] = (*found.get(milestone_id, ()), needs_id)
    return found


def _stage(row: Milestone, finding: Finding | None, claimed: bool) -> MilestoneStage:
    return stage_of(
        begun=row.begun_on is not None,
        done=row.actual_on is not None,
        dropped=row.dropped_in_id is not None,
        claim_open=claimed and finding is None,
        returned=finding is Finding.RETURNED,
    )


def _standing(rows: Sequence[Claimed], needs: dict[int, tuple[int, ...]], on: date) -> list[MilestoneRow]:
    links = [
        Link(id=row.id, ends_on=row.actual_on or row.forecast_on, needs=needs.get(row.id, ())) for row, _f, _c in rows
    ]
    path = critical_path(links)
    if len(path) == len(links) or not any(link.needs for link in links):
        path = ()
    return [_row(each, needs.get(each[0].id, ()), is_critical=each[0].id in path, on=on) for each in rows]


def _row(claimed: Claimed, needs: tuple[int, ...], *, is_critical: bool, on: date) -> MilestoneRow:
    row, finding, claimed_on = claimed
    stage = _stage(row, finding, claimed_on is not None)
    dates = Dates(baseline_on=row.baseline_on, forecast_on=row.forecast_on, actual_on=row.actual_on)
    waits = stage is MilestoneStage.CLAIMED
    return MilestoneRow(
        id=row.id,
        position=row.position,
        title=row.title,
        done_means=row.done_means,
        kind=row.kind,
        lead=row.lead,
        baseline_on=row.baseline_on,
        forecast_on=row.forecast_on,
        actual_on=row.actual_on,
        evidence=row.evidence,
        needs=needs,
        stage=stage,
        timing=Timing.CLAIMED if waits else timing(dates, on),
        days_late=slip_days(replace(dates, actual_on=claimed_on) if waits else dates, on),
        unexplained=not waits and is_unexplained(dates, on),
        is_critical=is_critical,
    )
