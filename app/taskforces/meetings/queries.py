"""Reading meetings: a task force's list, one of them, what is next, and who acts in which capacity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db
from app.core.errors import NotFound
from app.core.moments import day_in
from app.core.paging import Page, page_of
from app.places.models import Neighborhood
from app.taskforces.meetings import policies
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.models import Meeting, MeetingChange
from app.taskforces.meetings.outcomes import queries as outcomes
from app.taskforces.meetings.outcomes.rules import SOON_DAYS
from app.taskforces.meetings.rules import (
    ENDED,
    PUBLIC,
    WAITS_IN,
    Act,
    Hand,
    MeetingKind,
    MeetingStage,
    Quorum,
    Todo,
    can,
    code,
    due_on,
)
from app.taskforces.models import TaskForce
from app.taskforces.queries import TaskForceFacts
from app.taskforces.seats import queries as seats
from app.taskforces.seats.queries import SeatFacts
from app.taskforces.seats.rules import Side

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """One meeting and the task force it is of; moments are UTC."""

    id: int
    task_force_id: int
    body_slug: str
    body_name: str
    neighborhood_id: int
    time_zone: str
    number: int
    uid: str
    kind: MeetingKind
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    access: str
    interpretation: str
    childcare: str | None
    online_link: str | None
    chairing_side: Side
    stage: MeetingStage
    noticed_at: datetime | None
    agenda_edition: int
    sequence: int
    changed_at: datetime
    reason: str | None
    opened_at: datetime | None
    ended_at: datetime | None
    public_count: int | None
    quorum_needed: int | None
    community_votes: int | None
    institution_votes: int | None
    minutes_due_on: date | None

    @property
    def code(self) -> str:
        """Its public name."""
        return code(self.task_force_id, self.number)

    @property
    def day(self) -> date:
        """Its day on the calendar of the neighborhood."""
        return day_in(self.time_zone, self.starts_at)

    @property
    def has_ended(self) -> bool:
        """Whether it took place and is over."""
        return self.stage in ENDED

    @property
    def quorum(self) -> Quorum | None:
        """The quorum as it was counted at the end; None before, and for an assembly, which needs none."""
        if not self.quorum_needed:
            return None
        return Quorum(
            needed=self.quorum_needed, community=self.community_votes or 0, institution=self.institution_votes or 0
        )

    def minutes_overdue(self, on: date) -> bool:
        """Whether the draft of its minutes should be there and is not."""
        waits = self.stage in (MeetingStage.HELD, MeetingStage.INQUORATE)
        return waits and self.minutes_due_on is not None and self.minutes_due_on < on


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A meeting was postponed, dated anew or cancelled."""

    stage: MeetingStage
    starts_at: datetime
    reason: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a task force's page says of its meetings."""

    coming: tuple[MeetingFacts, ...]
    last: MeetingFacts | None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits for people of a task force: what it is about, since when, and until when if there is a day.

    `owner_id` is the person whom an action waits for, if they have a seat; everything else waits for those who lead.
    """

    todo: Todo
    task_force_id: int
    meeting_id: int
    meeting_code: str
    what: str
    since_on: date
    due_on: date | None
    outcome_id: int | None = None
    owner_id: int | None = None


def meeting(meeting_id: int, viewer: Actor | None) -> MeetingFacts:
    """One meeting; NotFound where there is none, and for strangers while it is being prepared."""
    found = facts(meeting_id)
    if found.stage is MeetingStage.DRAFT and not policies.may_see_draft(hands(found, viewer)):
        raise NotFound
    return found


def facts(meeting_id: int) -> MeetingFacts:
    """One meeting whoever asks; NotFound where there is none."""
    found = _rows(Meeting.id == meeting_id)
    if not found:
        raise NotFound
    return found[0]


def meetings(task_force_id: int, *, drafts: bool, page: int) -> Page[MeetingFacts]:
    """The meetings of a task force, the latest first; those being prepared only for who prepares them."""
    seen = sa.true() if drafts else Meeting.stage.in_(PUBLIC)
    query = _query(Meeting.task_force_id == task_force_id, seen).order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    return page_of(query, number=page, size=PAGE, row=_row)


def around(task_force_id: int) -> Around:
    """What is next in a task force, and what was last; two statements."""
    coming = _query(
        Meeting.task_force_id == task_force_id,
        sa.or_(
            Meeting.stage == MeetingStage.IN_SESSION,
            sa.and_(Meeting.stage == MeetingStage.NOTICED, Meeting.ends_at > now()),
        ),
    )
    last = _query(Meeting.task_force_id == task_force_id, Meeting.stage.in_(ENDED))
    return Around(
        coming=tuple(_all(coming.order_by(Meeting.starts_at, Meeting.id).limit(3))),
        last=next(iter(_all(last.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(1))), None),
    )


def coming(page: int) -> Page[MeetingFacts]:
    """Every meeting that was announced and is not over, of whatever task force, the next one first."""
    shown = Meeting.stage.in_((MeetingStage.NOTICED, MeetingStage.IN_SESSION, MeetingStage.POSTPONED))
    query = _query(shown, Meeting.ends_at > now()).order_by(Meeting.starts_at, Meeting.id)
    return page_of(query, number=page, size=PAGE, row=_row)


def for_calendar(since: datetime, task_force_id: int | None = None) -> list[MeetingFacts]:
    """Every meeting (of a task force) that was announced, cancelled ones too, from a moment on; 500 at the most."""
    mine = sa.true() if task_force_id is None else Meeting.task_force_id == task_force_id
    query = _query(mine, Meeting.stage.in_(PUBLIC), Meeting.starts_at >= since)
    return _all(query.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(500))


def announced() -> list[MeetingFacts]:
    """Every meeting that was announced, whatever became of it, the earliest first."""
    return _rows(Meeting.stage.in_(PUBLIC))


def changes(meeting_id: int) -> list[ChangeRow]:
    """When and why a meeting was postponed, dated anew or cancelled, in its order."""
    columns = MeetingChange.__table__.c
    query = sa.select(columns.stage, columns.starts_at, columns.reason, columns.changed_at)
    rows = db.session.execute(query.where(columns.meeting_id == meeting_id).order_by(columns.sequence))
    return [ChangeRow(**row._mapping) for row in rows]


def has_items(meeting_id: int) -> bool:
    """Whether anything is on its agenda."""
    return bool(db.session.scalar(sa.select(sa.exists().where(AgendaItem.meeting_id == meeting_id))))


def sitting(task_force_id: int, on: date) -> list[SeatFacts]:
    """Who holds a seat of a task force on a day, the chairs first."""
    return seats.seats(task_force_id, constituted_on=on, on=on).held


def hands(body: TaskForceFacts | MeetingFacts, viewer: Actor | None) -> frozenset[Hand]:
    """In what capacities somebody acts on the meetings of a task force today."""
    if viewer is None:
        return frozenset()
    id_ = body.id if isinstance(body, TaskForceFacts) else body.task_force_id
    held = [(seat.kind.value, seat.person_id) for seat in sitting(id_, today(body.time_zone))]
    return policies.hands(viewer, held, body.neighborhood_id)


def acts(found: MeetingFacts, has: frozenset[Hand]) -> dict[str, bool]:
    """What somebody may do with a meeting now, by the word of each act."""
    return {act.value: policies.may(act, has) and can(act, found.stage) for act in Act}


def waiting(task_force_ids: Sequence[int], on: date) -> list[Waiting]:
    """Everything about meetings that waits in these task forces on a day, the earliest first; three statements.

    Drafts to announce, postponed meetings without a new day, sessions left open, minutes to draft and to approve, open
    actions, and decisions to look at again within two weeks.
    """
    rows = _rows(Meeting.task_force_id.in_(task_force_ids), Meeting.stage.in_(WAITS_IN))
    found = [_waits(row) for row in rows]
    found += [
        Waiting(
            todo=Todo.FINISH_ACTION,
            task_force_id=row.task_force_id,
            meeting_id=row.meeting_id,
            meeting_code=row.meeting_code,
            what=row.text,
            since_on=row.made_on,
            due_on=row.due_on,
            outcome_id=row.outcome_id,
            owner_id=row.owner_id,
        )
        for row in outcomes.waiting(task_force_ids)
    ]
    found += [
        Waiting(
            todo=Todo.REVIEW_DECISION,
            task_force_id=row.task_force_id,
            meeting_id=row.meeting_id,
            meeting_code=row.meeting_code,
            what=row.text,
            since_on=row.review_on - timedelta(days=SOON_DAYS),
            due_on=row.review_on,
            outcome_id=row.outcome_id,
        )
        for row in outcomes.to_review(*task_force_ids)
        if row.due(on)
    ]
    return sorted(found, key=lambda each: (each.since_on, each.meeting_id))


def _waits(row: MeetingFacts) -> Waiting:
    todo = WAITS_IN[row.stage]
    since = day_in(row.time_zone, row.ended_at or row.opened_at or row.changed_at)
    return Waiting(
        todo=todo,
        task_force_id=row.task_force_id,
        meeting_id=row.id,
        meeting_code=row.code,
        what=row.title,
        since_on=since,
        due_on=due_on(todo, row.kind, starts_on=row.day, minutes_due_on=row.minutes_due_on),
    )


def _query(*conditions: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    own = [column for column in Meeting.__table__.c if column.name != "task_force_id"]
    return (
        sa.select(
            *own,
            TaskForce.id.label("task_force_id"),
            TaskForce.slug.label("body_slug"),
            TaskForce.name.label("body_name"),
            TaskForce.neighborhood_id,
            Neighborhood.time_zone,
        )
        .join(TaskForce, TaskForce.id == Meeting.task_force_id)
        .join(Neighborhood, Neighborhood.id == TaskForce.neighborhood_id)
        .where(*conditions)
    )


def _rows(*conditions: sa.ColumnElement[bool]) -> list[MeetingFacts]:
    return _all(_query(*conditions).order_by(Meeting.starts_at, Meeting.id))


def _all(query: sa.Select[*tuple[Any, ...]]) -> list[MeetingFacts]:
    return [MeetingFacts(**row._mapping) for row in db.session.execute(query)]


_COLUMNS = tuple(str(column.key) for column in _query().selected_columns)


def _row(*columns: Any) -> MeetingFacts:
    return MeetingFacts(**dict(zip(_COLUMNS, columns, strict=True)))
