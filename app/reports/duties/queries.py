"""Reading what is owed: each kind of report that can be published is asked for its lines, then for their editions."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.core.clock import today
from app.core.db import db
from app.core.moments import day_in
from app.cycles import queries as cycles
from app.cycles.rules import CycleFacts, PhaseKind, Stage
from app.places import queries as places
from app.places.queries import NeighborhoodFacts
from app.places.workdays.queries import days_off
from app.reports.duties.rules import LOOKS_BACK_DAYS, NEAR_DAYS, Duty, Issue, Standing, in_order, last_day, periods
from app.reports.models import Edition
from app.reports.rules import NATURES, EditionStage, Line, ReportKind, Span, Subject
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.rules import ENDED, NOTICE_DAYS, MeetingStage
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.rules import BodyStage

DECIDES = (Stage.BALLOT_FIXED, Stage.VOTING)
"""While voters need their booklet."""
COUNTED = (Stage.CERTIFIED, Stage.DELIVERING, Stage.CLOSED)
PAYS = (Stage.DELIVERING, Stage.CLOSED)
BUILT = {
    ReportKind.ONE_PAGER: (ProjectStage.PROCUREMENT, ProjectStage.DELIVERY, ProjectStage.HANDOVER),
    ReportKind.COMPLETION: (ProjectStage.COMPLETED, ProjectStage.EVALUATED),
}
"""Which projects have a page for the fence, and which a report on their end."""


def owed(where: NeighborhoodFacts, on: date) -> list[Duty]:
    """Every report that is owed in a neighborhood or may be published there, with what has come of each, in order.

    It looks two years back. Letters are no part of it: they are written to one person each.
    """
    kinds = {kind for kind in current_app.extensions["documents"] if NATURES[kind].is_public}
    duties = [
        *_of_task_forces(where, kinds, on),
        *_of_neighborhood(where, kinds, on),
        *_of_cycles(where, kinds, on),
        *_of_meetings(where, kinds, on),
        *_of_projects(where, kinds),
    ]
    return in_order(_with_issues(duties, where), on)


def waiting(where: NeighborhoodFacts, on: date) -> list[Duty]:
    """What is late or due soon in a neighborhood and not published yet, for weeks and reminders."""
    near = on + timedelta(days=NEAR_DAYS)
    return [
        each
        for each in owed(where, on)
        if each.standing(on) in (Standing.OVERDUE, Standing.DUE) and (each.due_on or on) <= near
    ]


def here(where: NeighborhoodFacts) -> date:
    """Today, as this neighborhood reads the calendar."""
    return today(where.time_zone)


def one(line: Line, neighborhood_id: int) -> Duty | None:
    """What is owed of this line; None where nobody asks for it."""
    where = next(place for place in places.neighborhoods() if place.id == neighborhood_id)
    return next((each for each in owed(where, here(where)) if each.line.key == line.key), None)


def _of_task_forces(where: NeighborhoodFacts, kinds: Collection[ReportKind], on: date) -> Iterator[Duty]:
    """One that is dissolved still tells of the quarter in which it ended."""
    told = [kind for kind in _of_subject(kinds, Subject.TASK_FORCE) if NATURES[kind].span is not Span.NONE]
    if not told:
        return
    holidays = days_off(where.id)
    query = sa.select(
        TaskForce.id, TaskForce.name, TaskForce.constituted_on, TaskForce.stage, TaskForce.stage_since
    ).where(TaskForce.neighborhood_id == where.id, TaskForce.constituted_on.is_not(None))
    for body in db.session.execute(query.order_by(TaskForce.id)):
        until = body.stage_since if body.stage is BodyStage.DISSOLVED else None
        for kind in told:
            for period in periods(kind, body.constituted_on, on, until=until):
                line = Line(kind=kind, subject_id=body.id, period=period)
                yield _duty(line, body.name, where, last_day(kind, period, holidays), task_force_id=body.id)


def _of_neighborhood(where: NeighborhoodFacts, kinds: Collection[ReportKind], on: date) -> Iterator[Duty]:
    """From the first day of its first cycle on."""
    told = _of_subject(kinds, Subject.NEIGHBORHOOD)
    begun = [_begins(cycle) for cycle in cycles.of_neighborhoods([where.id]) if cycle.stage is not Stage.DRAFT]
    if not told or not begun:
        return
    holidays = days_off(where.id)
    for kind in told:
        for period in periods(kind, min(begun), on):
            line = Line(kind=kind, subject_id=where.id, period=period)
            yield _duty(line, where.name, where, last_day(kind, period, holidays))


def _of_cycles(where: NeighborhoodFacts, kinds: Collection[ReportKind], on: date) -> Iterator[Duty]:
    told = _of_subject(kinds, Subject.CYCLE)
    for cycle in cycles.of_neighborhoods([where.id]) if told else ():
        if ReportKind.BOOKLET in told and cycle.stage in DECIDES:
            opens = _first(cycle, PhaseKind.VOTING)
            if opens is not None:
                yield _duty(_line(ReportKind.BOOKLET, cycle.id), cycle.name, where, opens - timedelta(days=1))
        if ReportKind.PAPER_BALLOT in told and cycle.stage in DECIDES and not cycle.is_imported:
            yield _duty(_line(ReportKind.PAPER_BALLOT, cycle.id), cycle.name, where)
        if ReportKind.RESULTS in told and cycle.stage in COUNTED:
            yield _duty(_line(ReportKind.RESULTS, cycle.id), cycle.name, where)
        if ReportKind.RECONCILIATION in told and cycle.stage in PAYS and not cycle.is_imported:
            yield from _of_books(cycle, where, on)


def _of_books(cycle: CycleFacts, where: NeighborhoodFacts, on: date) -> Iterator[Duty]:
    kind = ReportKind.RECONCILIATION
    until = _last(cycle) if cycle.stage is Stage.CLOSED else None
    for period in periods(kind, _first(cycle, PhaseKind.DELIVERING) or _begins(cycle), on, until=until):
        yield _duty(Line(kind=kind, subject_id=cycle.id, period=period), cycle.name, where, last_day(kind, period, ()))


def _of_meetings(where: NeighborhoodFacts, kinds: Collection[ReportKind], on: date) -> Iterator[Duty]:
    """The agenda of a coming one before the notice ends, the minutes of one that was within their five days."""
    told = _of_subject(kinds, Subject.MEETING)
    if not told:
        return
    columns = (Meeting.id, Meeting.title, Meeting.kind, Meeting.stage, Meeting.starts_at, Meeting.minutes_due_on)
    query = (
        sa.select(*columns, Meeting.task_force_id)
        .join(TaskForce, TaskForce.id == Meeting.task_force_id)
        .where(TaskForce.neighborhood_id == where.id, Meeting.stage.in_((MeetingStage.NOTICED, *ENDED)))
        .order_by(Meeting.id)
    )
    for each in db.session.execute(query):
        day = day_in(where.time_zone, each.starts_at)
        if day < on - timedelta(days=LOOKS_BACK_DAYS):
            continue
        if each.stage is MeetingStage.NOTICED:
            kind, due_on = ReportKind.AGENDA, day - timedelta(days=NOTICE_DAYS[each.kind])
        else:
            kind, due_on = ReportKind.MINUTES, each.minutes_due_on
        if kind in told:
            yield _duty(_line(kind, each.id), each.title, where, due_on, task_force_id=each.task_force_id)


def _of_projects(where: NeighborhoodFacts, kinds: Collection[ReportKind]) -> Iterator[Duty]:
    told = [kind for kind in _of_subject(kinds, Subject.PROJECT) if kind in BUILT]
    stages = [stage for kind in told for stage in BUILT[kind]]
    if not stages:
        return
    ids = [cycle.id for cycle in cycles.of_neighborhoods([where.id])]
    query = sa.select(Project.id, Project.title, Project.stage, Project.task_force_id).where(
        Project.cycle_id.in_(ids), Project.stage.in_(stages)
    )
    for project in db.session.execute(query.order_by(Project.id)):
        for kind in told:
            if project.stage in BUILT[kind]:
                yield _duty(_line(kind, project.id), project.title, where, task_force_id=project.task_force_id)


def _with_issues(duties: list[Duty], where: NeighborhoodFacts) -> list[Duty]:
    """Each with its newest edition and the day it was first published; one statement for all."""
    query = (
        sa.select(
            Edition.id,
            Edition.line,
            Edition.code,
            Edition.number,
            Edition.stage,
            Edition.due_on,
            Edition.fault,
            Edition.published_at,
        )
        .where(Edition.neighborhood_id == where.id, Edition.stage != EditionStage.DROPPED)
        .order_by(Edition.number)
    )
    found: dict[str, list[Any]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.line, []).append(row)
    return [_with(duty, found[duty.line.key], where) if duty.line.key in found else duty for duty in duties]


def _with(duty: Duty, rows: list[Any], where: NeighborhoodFacts) -> Duty:
    newest = rows[-1]
    first = next((row.published_at for row in rows if row.stage is EditionStage.PUBLISHED), None)
    return replace(
        duty,
        issue=Issue(
            id=newest.id,
            code=newest.code,
            number=newest.number,
            stage=newest.stage,
            signed_by_on=newest.due_on if newest.stage is EditionStage.SIGNING else None,
            fault=newest.fault,
        ),
        published_at=first,
        published_on=day_in(where.time_zone, first) if first else None,
    )


def _duty(
    line: Line, subject: str, where: NeighborhoodFacts, due_on: date | None = None, *, task_force_id: int | None = None
) -> Duty:
    return Duty(
        line=line,
        subject=subject,
        neighborhood_id=where.id,
        neighborhood=where.name,
        task_force_id=task_force_id,
        due_on=due_on,
    )


def _line(kind: ReportKind, subject_id: int) -> Line:
    return Line(kind=kind, subject_id=subject_id)


def _of_subject(kinds: Collection[ReportKind], subject: Subject) -> list[ReportKind]:
    return sorted(kind for kind in kinds if NATURES[kind].subject is subject)


def _first(cycle: CycleFacts, kind: PhaseKind) -> date | None:
    return next((day_in(cycle.time_zone, phase.starts_at) for phase in cycle.phases if phase.kind is kind), None)


def _begins(cycle: CycleFacts) -> date:
    return min((day_in(cycle.time_zone, phase.starts_at) for phase in cycle.phases), default=date(cycle.year, 1, 1))


def _last(cycle: CycleFacts) -> date:
    ends = (day_in(cycle.time_zone, phase.ends_at - timedelta(seconds=1)) for phase in cycle.phases)
    return max(ends, default=date(cycle.year, 12, 31))
