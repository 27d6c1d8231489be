"""Reading what is owed: each kind of report that can be published is asked for its lines, then for their editions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import InstrumentedAttribute

from app.core.clock import today
from app.core.db import db
from app.core.moments import day_in, first_moment
from app.cycles import queries as cycles
from app.cycles.rules import CycleFacts, PhaseKind, Stage
from app.places import queries as places
from app.places.queries import NeighborhoodFacts
from app.places.workdays.queries import days_off
from app.places.workdays.rules import working_day_after
from app.reports.duties.rules import (
    APPROVED_WORKING_DAYS,
    COMPLETION_WORKING_DAYS,
    LOOKS_BACK_DAYS,
    NEAR_DAYS,
    Change,
    Duty,
    Issue,
    Standing,
    Why,
    corrected_by,
    in_order,
    last_day,
    periods,
    untold,
)
from app.reports.models import Edition
from app.reports.rules import NATURES, EditionStage, Line, ReportKind, Span, Subject
from app.taskforces.meetings.minutes.models import MinutesApproval
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.rules import ENDED, NOTICE_DAYS, MeetingStage
from app.taskforces.models import TaskForce
from app.taskforces.projects.closing import queries as closing
from app.taskforces.projects.confirming import queries as confirming
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import FINISHED, ProjectStage
from app.taskforces.rules import BodyStage

FEW = 20
"""Of so many lines at the most their editions are asked for by name; of more, all of the neighborhood are read."""
OFF = (MeetingStage.POSTPONED, MeetingStage.CANCELLED)
DECIDES = (Stage.BALLOT_FIXED, Stage.VOTING)
"""While voters need their booklet."""
COUNTED = (Stage.CERTIFIED, Stage.DELIVERING, Stage.CLOSED)
PAYS = (Stage.DELIVERING, Stage.CLOSED)
BUILT = {
    ReportKind.ONE_PAGER: (ProjectStage.PROCUREMENT, ProjectStage.DELIVERY, ProjectStage.HANDOVER),
    ReportKind.COMPLETION: (ProjectStage.HANDOVER, ProjectStage.COMPLETED, ProjectStage.EVALUATED),
}
"""Which projects have a page for the fence, and which a report on their end; at handover only once both have signed."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of what is owed: where, on which day, which kinds, and about one subject or (None) about all."""

    where: NeighborhoodFacts
    on: date
    kinds: Collection[ReportKind]
    subject_id: int | None = None

    def about(self, subject: Subject) -> list[ReportKind]:
        """The kinds asked for that are about this kind of thing."""
        return sorted(kind for kind in self.kinds if NATURES[kind].subject is subject)

    def is_it(self, column: InstrumentedAttribute[int]) -> sa.ColumnElement[bool]:
        """Whether a row is the one that is asked about."""
        return sa.true() if self.subject_id is None else column == self.subject_id


def owed(where: NeighborhoodFacts, on: date) -> list[Duty]:
    """Every report that is owed in a neighborhood or may be published there, with what has come of each, in order.

    It looks two years back. Letters are no part of it: they are written to one person each.
    """
    return in_order(_found(Asked(where=where, on=on, kinds=_public())), on)


def _public() -> set[ReportKind]:
    return {kind for kind in current_app.extensions["documents"] if NATURES[kind].is_public}


def _found(asked: Asked) -> list[Duty]:
    makers = (_of_task_forces, _of_neighborhood, _of_cycles, _of_meetings, _of_projects)
    return _with_issues([duty for make in makers for duty in make(asked)], asked.where)


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
    """What is owed of this line; None where nobody asks for it. Only what is about the same thing is read."""
    where = next(place for place in places.neighborhoods() if place.id == neighborhood_id)
    asked = Asked(where=where, on=here(where), kinds=_public() & {line.kind}, subject_id=line.subject_id)
    return next((each for each in _found(asked) if each.line.key == line.key), None)


def _of_task_forces(asked: Asked) -> Iterator[Duty]:
    """One that is dissolved still tells of the quarter in which it ended."""
    told, where = [kind for kind in asked.about(Subject.TASK_FORCE) if NATURES[kind].span is not Span.NONE], asked.where
    if not told:
        return
    holidays = days_off(where.id)
    query = sa.select(
        TaskForce.id, TaskForce.name, TaskForce.constituted_on, TaskForce.stage, TaskForce.stage_since
    ).where(TaskForce.neighborhood_id == where.id, TaskForce.constituted_on.is_not(None), asked.is_it(TaskForce.id))
    for body in db.session.execute(query.order_by(TaskForce.id)):
        until = body.stage_since if body.stage is BodyStage.DISSOLVED else None
        for kind in told:
            for period in periods(kind, body.constituted_on, asked.on, until=until):
                line = Line(kind=kind, subject_id=body.id, period=period)
                yield _duty(line, body.name, where, last_day(kind, period, holidays), task_force_id=body.id)


def _of_neighborhood(asked: Asked) -> Iterator[Duty]:
    """From the first day of its first cycle on."""
    told, where = asked.about(Subject.NEIGHBORHOOD), asked.where
    if not told:
        return
    begun = [_begins(cycle) for cycle in cycles.of_neighborhoods([where.id]) if cycle.stage is not Stage.DRAFT]
    holidays = days_off(where.id)
    for kind in told if begun else ():
        for period in periods(kind, min(begun), asked.on):
            line = Line(kind=kind, subject_id=where.id, period=period)
            yield _duty(line, where.name, where, last_day(kind, period, holidays))


def _of_cycles(asked: Asked) -> Iterator[Duty]:
    told, where = asked.about(Subject.CYCLE), asked.where
    for cycle in cycles.of_neighborhoods([where.id]) if told else ():
        if asked.subject_id not in (None, cycle.id):
            continue
        if ReportKind.BOOKLET in told and cycle.stage in DECIDES:
            opens = _first(cycle, PhaseKind.VOTING)
            if opens is not None:
                yield _duty(_line(ReportKind.BOOKLET, cycle.id), cycle.name, where, opens - timedelta(days=1))
        if ReportKind.PAPER_BALLOT in told and cycle.stage in DECIDES and not cycle.is_imported:
            yield _duty(_line(ReportKind.PAPER_BALLOT, cycle.id), cycle.name, where)
        if ReportKind.RESULTS in told and cycle.stage in COUNTED:
            yield _duty(_line(ReportKind.RESULTS, cycle.id), cycle.name, where)
        if ReportKind.RECONCILIATION in told and cycle.stage in PAYS and not cycle.is_imported:
            yield from _of_books(cycle, where, asked.on)


def _of_books(cycle: CycleFacts, where: NeighborhoodFacts, on: date) -> Iterator[Duty]:
    kind = ReportKind.RECONCILIATION
    until = _last(cycle) if cycle.stage is Stage.CLOSED else None
    for period in periods(kind, _first(cycle, PhaseKind.DELIVERING) or _begins(cycle), on, until=until):
        yield _duty(Line(kind=kind, subject_id=cycle.id, period=period), cycle.name, where, last_day(kind, period, ()))


def _of_meetings(asked: Asked) -> Iterator[Duty]:
    """The agenda of a coming one before the notice ends, the minutes of one that was within their five days.

    One that was called off after its notice was published owes a notice that says so.
    """
    told, where = asked.about(Subject.MEETING), asked.where
    if not told:
        return
    holidays = days_off(where.id)
    for each in db.session.execute(_meetings(asked)):
        day = day_in(where.time_zone, each.starts_at)
        if day < asked.on - timedelta(days=LOOKS_BACK_DAYS):
            continue
        if each.stage in ENDED:
            kind, due_on, changes = ReportKind.MINUTES, each.minutes_due_on, _approval(each, holidays)
        else:
            kind, due_on = ReportKind.AGENDA, day - timedelta(days=NOTICE_DAYS[each.kind])
            changes = _new_agenda(each.changed_at, day, where.time_zone)
        if kind in told:
            duty = _duty(_line(kind, each.id), each.title, where, due_on, task_force_id=each.task_force_id)
            yield replace(duty, changes=changes)


def _meetings(asked: Asked) -> sa.Select[*tuple[Any, ...]]:
    told_before = sa.exists().where(
        Edition.meeting_id == Meeting.id, Edition.kind == ReportKind.AGENDA, Edition.stage == EditionStage.PUBLISHED
    )
    owes = sa.or_(Meeting.stage.in_((MeetingStage.NOTICED, *ENDED)), sa.and_(Meeting.stage.in_(OFF), told_before))
    columns = (Meeting.id, Meeting.title, Meeting.kind, Meeting.stage, Meeting.starts_at, Meeting.minutes_due_on)
    return (
        sa.select(
            *columns,
            Meeting.changed_at,
            MinutesApproval.approved_on,
            MinutesApproval.approved_at,
            Meeting.task_force_id,
        )
        .join(TaskForce, TaskForce.id == Meeting.task_force_id)
        .outerjoin(MinutesApproval, MinutesApproval.meeting_id == Meeting.id)
        .where(TaskForce.neighborhood_id == asked.where.id, owes, asked.is_it(Meeting.id))
        .order_by(Meeting.id)
    )


def _approval(row: Any, holidays: Collection[date]) -> tuple[Change, ...]:
    if row.approved_on is None:
        return ()
    due_on = working_day_after(row.approved_on, APPROVED_WORKING_DAYS, holidays)
    return (Change(why=Why.APPROVED, since_on=row.approved_on, since_at=row.approved_at, due_on=due_on),)


def _new_agenda(changed_at: datetime, meets_on: date, zone: str) -> tuple[Change, ...]:
    since_on = day_in(zone, changed_at)
    due_on = corrected_by(since_on, meets_on)
    return (Change(why=Why.AGENDA, since_on=since_on, since_at=changed_at, due_on=due_on),)


def _of_projects(asked: Asked) -> Iterator[Duty]:
    told, where = [kind for kind in asked.about(Subject.PROJECT) if kind in BUILT], asked.where
    stages = [stage for kind in told for stage in BUILT[kind]]
    if not stages:
        return
    ids = [cycle.id for cycle in cycles.of_neighborhoods([where.id])]
    query = sa.select(Project.id, Project.title, Project.stage, Project.task_force_id).where(
        Project.cycle_id.in_(ids), Project.stage.in_(stages), asked.is_it(Project.id)
    )
    rows = db.session.execute(query.order_by(Project.id)).all()
    ended = _ended({row.id: row.stage for row in rows}, asked) if ReportKind.COMPLETION in told else {}
    for project in rows:
        for kind in told:
            duty = _duty(_line(kind, project.id), project.title, where, task_force_id=project.task_force_id)
            if kind is ReportKind.COMPLETION and project.id in ended:
                signed_by = next((each.due_on for each in ended[project.id] if each.why is Why.SIGNED), None)
                yield replace(duty, due_on=signed_by, changes=ended[project.id])
            elif kind is not ReportKind.COMPLETION and project.stage in BUILT[kind]:
                yield duty


def _ended(stages: dict[int, ProjectStage], asked: Asked) -> dict[int, tuple[Change, ...]]:
    """What the completion report of each project that owes one has to tell."""
    waits = [id_ for id_, stage in stages.items() if stage is ProjectStage.HANDOVER]
    built = [id_ for id_, stage in stages.items() if stage in FINISHED]
    zone, holidays = asked.where.time_zone, days_off(asked.where.id) if waits or built else ()
    signed = closing.signed(waits) if waits else {}
    found = {id_: [(Why.SIGNED, row.signed_at)] for id_, row in signed.items()}
    found |= {id_: [] for id_ in built}
    for id_, days in confirming.days_of_all(built).items() if built else ():
        if days.told_on <= asked.on:
            found[id_].append((Why.ASKED, first_moment(zone, days.told_on)))
    for id_, fixed_at in closing.put_right(built).items() if built else ():
        found[id_].append((Why.PUT_RIGHT, fixed_at))
    return {id_: tuple(_since(why, at, zone, holidays) for why, at in each) for id_, each in found.items()}


def _since(why: Why, at: datetime, zone: str, holidays: Collection[date]) -> Change:
    on = day_in(zone, at)
    due_on = working_day_after(on, COMPLETION_WORKING_DAYS, holidays)
    return Change(why=why, since_on=on, since_at=at, due_on=due_on)


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
            Edition.requested_at,
            Edition.published_at,
        )
        .where(Edition.neighborhood_id == where.id, Edition.stage != EditionStage.DROPPED)
        .order_by(Edition.number)
    )
    if len(duties) <= FEW:
        query = query.where(Edition.line.in_([duty.line.key for duty in duties]))
    found: dict[str, list[Any]] = {}
    for row in db.session.execute(query) if duties else ():
        found.setdefault(row.line, []).append(row)
    return [_with(duty, found.get(duty.line.key, []), where) for duty in duties]


def _with(duty: Duty, rows: list[Any], where: NeighborhoodFacts) -> Duty:
    """What was withdrawn is owed again, for no older edition stands in its place; so is what does not tell a change."""
    if not rows:
        return duty
    newest = rows[-1]
    was_public = [row for row in rows if row.stage in (EditionStage.PUBLISHED, EditionStage.WITHDRAWN)]
    stands = bool(was_public) and was_public[-1].stage is EditionStage.PUBLISHED
    change = untold(duty.changes, was_public[-1].requested_at) if stands else None
    first = next((row.published_at for row in was_public if row.stage is EditionStage.PUBLISHED), None)
    shown = first if stands and change is None else None
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
        published_at=shown,
        published_on=day_in(where.time_zone, shown) if shown else None,
        change=change,
        due_on=change.due_on if change else duty.due_on,
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


def _first(cycle: CycleFacts, kind: PhaseKind) -> date | None:
    return next((day_in(cycle.time_zone, phase.starts_at) for phase in cycle.phases if phase.kind is kind), None)


def _begins(cycle: CycleFacts) -> date:
    return min((day_in(cycle.time_zone, phase.starts_at) for phase in cycle.phases), default=date(cycle.year, 1, 1))


def _last(cycle: CycleFacts) -> date:
    ends = (day_in(cycle.time_zone, phase.ends_at - timedelta(seconds=1)) for phase in cycle.phases)
    return max(ends, default=date(cycle.year, 12, 31))
