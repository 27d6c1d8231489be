"""The verbs of a meeting: draft it, change it, notice it, postpone it, name a new date, cancel it, close it."""

from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.moments import day_in
from app.core.tokens import random_id
from app.taskforces import queries as bodies
from app.taskforces.meetings import queries, words
from app.taskforces.meetings.events import (
    MeetingCancelled,
    MeetingChanged,
    MeetingClosed,
    MeetingDatedAnew,
    MeetingDrafted,
    MeetingNoticed,
    MeetingPostponed,
)
from app.taskforces.meetings.models import Meeting, MeetingChange
from app.taskforces.meetings.outcomes.models import MeetingAction, Outcome
from app.taskforces.meetings.outcomes.rules import ActionState
from app.taskforces.meetings.policies import may, may_see_notes
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import (
    NOTICE_DAYS,
    Act,
    MeetingKind,
    MeetingStage,
    NoTime,
    can,
    first_day,
    is_noticed_in_time,
    moments,
)
from app.taskforces.models import TaskForce
from app.taskforces.queries import TaskForceFacts
from app.taskforces.rules import BodyStage
from app.taskforces.seats.rules import Side


@dataclass(frozen=True, kw_only=True)
class When:
    """A day and hours on the clocks of the neighborhood."""

    day: date
    begins: time
    ends: time


@dataclass(frozen=True, kw_only=True)
class WriteMeeting:
    """What a meeting is, when and where, and how people get in and follow it."""

    kind: MeetingKind
    title: str
    when: When
    place: str
    access: str
    interpretation: str
    online_link: str | None
    chairing_side: Side
    childcare: str | None = None


def draft(task_force_id: int, command: WriteMeeting, *, by: Actor) -> Meeting:
    """Begin to prepare a meeting; nobody is invited before its notice."""
    with transaction():
        if locked(TaskForce, task_force_id) is None:
            raise NotFound
        body = bodies.task_force_of(task_force_id)
        ensure_hand(Act.PREPARE, body, by)
        over = _("Only a task force that is constituted and not dissolved meets.")
        ensure(body.stage not in (BodyStage.PROPOSED, BodyStage.DISSOLVED), "does_not_meet", over)
        starts_at, ends_at = _moments(command.when, body.time_zone)
        number = db.session.scalar(sa.select(sa.func.max(Meeting.number)).where(Meeting.task_force_id == body.id)) or 0
        meeting = Meeting(
            task_force_id=body.id,
            number=number + 1,
            uid=random_id().hex(),
            stage=MeetingStage.DRAFT,
            starts_at=starts_at,
            ends_at=ends_at,
            agenda_edition=0,
            sequence=0,
            changed_at=now(),
            **_facts(command),
        )
        db.session.add(meeting)
        db.session.flush()
        publish(
            MeetingDrafted(actor_id=by.id, meeting_id=meeting.id, task_force_id=body.id, starts_at=meeting.starts_at)
        )
    return meeting


def change(meeting_id: int, command: WriteMeeting, *, by: Actor) -> Meeting:
    """Change where and how a meeting is; once it is noticed, its day and kind stay until it is postponed."""
    with transaction():
        meeting = opened(meeting_id, Act.PREPARE, by)
        starts_at, ends_at = _moments(command.when, meeting.task_force.neighborhood.time_zone)
        if meeting.stage is not MeetingStage.DRAFT:
            moved = _("The meeting has been announced. Postpone it to give it another day or hour.")
            ensure((starts_at, ends_at) == (meeting.starts_at, meeting.ends_at), "announced", moved, field="day")
            other = _("The meeting has been announced as what it is.")
            ensure(command.kind is meeting.kind, "announced", other, field="kind")
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
        changed = tuple(name for name, value in _facts(command).items() if getattr(meeting, name) != value)
        for name, value in _facts(command).items():
            setattr(meeting, name, value)
        tell_changed(meeting, by=by, changed=changed)
    return meeting


def notice(meeting_id: int, *, by: Actor) -> Meeting:
    """Invite everybody, with edition 1 of the agenda."""
    with transaction():
        meeting = opened(meeting_id, Act.NOTICE, by)
        empty = _("Put at least one item on the agenda first.")
        ensure(queries.has_items(meeting.id), "no_agenda", empty)
        _ensure_in_time(meeting.kind, meeting.starts_at, meeting.task_force.neighborhood.time_zone, field=None)
        meeting.stage, meeting.noticed_at = MeetingStage.NOTICED, deadline_now()
        meeting.agenda_edition, meeting.changed_at = 1, now()
        publish(
            MeetingNoticed(
                actor_id=by.id,
                meeting_id=meeting.id,
                task_force_id=meeting.task_force_id,
                starts_at=meeting.starts_at,
            )
        )
    return meeting


def postpone(meeting_id: int, reason: str, *, by: Actor) -> Meeting:
    """Take a meeting off its day, with a reason everybody reads; another day is named later."""
    with transaction():
        meeting = opened(meeting_id, Act.POSTPONE, by)
        _move(meeting, MeetingStage.POSTPONED, reason)
        publish(MeetingPostponed(actor_id=by.id, **_told(meeting), reason=reason))
    return meeting


def name_new_date(meeting_id: int, when: When, *, by: Actor) -> Meeting:
    """Give a postponed meeting its new day, which is a notice like the first one."""
    with transaction():
        meeting = opened(meeting_id, Act.NAME_NEW_DATE, by)
        zone = meeting.task_force.neighborhood.time_zone
        starts_at, ends_at = _moments(when, zone)
        _ensure_in_time(meeting.kind, starts_at, zone, field="day")
        reason, meeting.starts_at, meeting.ends_at = meeting.reason or "", starts_at, ends_at
        _move(meeting, MeetingStage.NOTICED, reason)
        publish(MeetingDatedAnew(actor_id=by.id, **_told(meeting), starts_at=starts_at))
    return meeting


def cancel(meeting_id: int, reason: str, *, by: Actor) -> Meeting:
    """Call a meeting off for good; it stays on record, and calendars are told."""
    with transaction():
        meeting = opened(meeting_id, Act.CANCEL, by)
        _move(meeting, MeetingStage.CANCELLED, reason)
        publish(MeetingCancelled(actor_id=by.id, **_told(meeting), reason=reason))
    return meeting


def close(meeting_id: int, *, by: Actor) -> Meeting:
    """Close a meeting whose minutes are approved and whose actions have all ended."""
    with transaction():
        meeting = opened(meeting_id, Act.CLOSE, by)
        waits = _open_actions(meeting.id)
        sentence = ngettext(
            "%(num)s action of this meeting is still open.", "%(num)s actions of this meeting are still open.", waits
        )
        ensure(not waits, "actions_open", sentence)
        meeting.stage = MeetingStage.CLOSED
        publish(MeetingClosed(actor_id=by.id, meeting_id=meeting.id, task_force_id=meeting.task_force_id))
    return meeting


def opened(meeting_id: int, act: Act, by: Actor) -> Meeting:
    """The meeting, locked, for somebody who may do `act` with it now; refused otherwise."""
    meeting = locked(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    ensure_hand(act, bodies.task_force_of(meeting.task_force_id), by)
    ensure(can(act, meeting.stage), "not_now", str(words.NOT_NOW[act]))
    return meeting


def ensure_hand(act: Act, body: TaskForceFacts, by: Actor) -> None:
    """Refuse whoever may not do this with a meeting of that task force today."""
    ensure_standing(may(act, queries.hands(body, by)), str(words.NOT_YOU[act]))


def ensure_can(meeting: MeetingFacts, act: Act, by: Actor) -> None:
    """Refuse, before a form is shown, whoever may not do this with a meeting now."""
    ensure_standing(may(act, queries.hands(meeting, by)), str(words.NOT_YOU[act]))
    ensure(can(act, meeting.stage), "not_now", str(words.NOT_NOW[act]))


def ensure_leads(meeting: MeetingFacts, by: Actor) -> None:
    """Refuse whoever may not read the internal notes of a meeting."""
    ensure_standing(may_see_notes(queries.hands(meeting, by)), str(words.NOT_YOU[Act.PREPARE]))


def tell_changed(meeting: Meeting, *, by: Actor, agenda: bool = False, changed: tuple[str, ...] = ()) -> None:
    """Count a change of a meeting or its agenda, once it is noticed, and publish it; the caller holds the lock."""
    if meeting.stage is MeetingStage.NOTICED:
        meeting.sequence += not agenda
        meeting.agenda_edition += agenda
        meeting.changed_at = now()
    db.session.flush()
    publish(
        MeetingChanged(
            actor_id=by.id,
            meeting_id=meeting.id,
            sequence=meeting.sequence,
            agenda_edition=meeting.agenda_edition,
            changed=changed,
        )
    )


def _facts(command: WriteMeeting) -> dict[str, object]:
    return {
        "kind": command.kind,
        "title": command.title,
        "place": command.place,
        "access": command.access,
        "interpretation": command.interpretation,
        "childcare": command.childcare,
        "online_link": command.online_link,
        "chairing_side": command.chairing_side,
    }


def _moments(when: When, zone: str) -> tuple[datetime, datetime]:
    try:
        return moments(when.day, when.begins, when.ends, zone)
    except NoTime as reason:
        if reason.field == "begins":
            message = _("The clocks go forward then, so this time does not exist on that day.")
        else:
            message = _("A meeting ends after it begins, and lasts twelve hours at the most.")
        raise DomainError("no_time", message, field=reason.field) from reason


def _ensure_in_time(kind: MeetingKind, starts_at: datetime, zone: str, *, field: str | None) -> None:
    here, there = (day_in(zone, at) for at in (deadline_now(), starts_at))
    late = ngettext(
        "This must be announced at least %(num)s day before. The first day that is possible is %(day)s.",
        "This must be announced at least %(num)s days before. The first day that is possible is %(day)s.",
        NOTICE_DAYS[kind],
        day=format_date(first_day(kind, here), "long", rebase=False),
    )
    ensure(is_noticed_in_time(kind, noticed_on=here, starts_on=there), "too_late", late, field=field)


def _move(meeting: Meeting, stage: MeetingStage, reason: str) -> None:
    meeting.stage = stage
    meeting.reason = None if stage is MeetingStage.NOTICED else reason
    meeting.sequence += 1
    meeting.changed_at = now()
    db.session.add(
        MeetingChange(
            meeting_id=meeting.id,
            sequence=meeting.sequence,
            stage=stage,
            starts_at=meeting.starts_at,
            reason=reason,
            changed_at=meeting.changed_at,
        )
    )
    db.session.flush()


def _told(meeting: Meeting) -> dict[str, int]:
    return {"meeting_id": meeting.id, "task_force_id": meeting.task_force_id, "sequence": meeting.sequence}


def _open_actions(meeting_id: int) -> int:
    query = sa.select(sa.func.count()).select_from(MeetingAction).join(Outcome, Outcome.id == MeetingAction.outcome_id)
    query = query.where(Outcome.meeting_id == meeting_id, MeetingAction.state == ActionState.OPEN)
    return db.session.scalar(query) or 0
