"""The verbs of a session: begin, write down who is there, end."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import deadline_now
from app.core.db import db, transaction
from app.core.errors import ensure
from app.core.events import publish
from app.core.moments import day_in
from app.places.workdays.queries import working_day_after
from app.taskforces import services as bodies
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.outcomes.models import Decision, Outcome
from app.taskforces.meetings.queries import facts
from app.taskforces.meetings.rules import HERE, IMPAIRS, MINUTES_DAYS, Act, MeetingKind, MeetingStage, Presence
from app.taskforces.meetings.sessions import queries
from app.taskforces.meetings.sessions.events import AttendanceTaken, MeetingEnded, MeetingOpened
from app.taskforces.meetings.sessions.models import Attendance
from app.taskforces.rules import Impairment
from app.taskforces.seats.services import body_of


@dataclass(frozen=True, kw_only=True)
class TakeAttendance:
    """Who is there, for every seat by its id, and how many people without one."""

    presences: Mapping[int, Presence]
    public_count: int


def open_session(meeting_id: int, *, by: Actor) -> Meeting:
    """Begin a meeting, on its day and not before."""
    with transaction():
        meeting = meetings.opened(meeting_id, Act.OPEN, by)
        zone, at = meeting.task_force.neighborhood.time_zone, deadline_now()
        early = _("A meeting begins on its day, not before.")
        here, day = (day_in(zone, moment) for moment in (at, meeting.starts_at))
        ensure(here >= day, "too_early", early)
        late = _("The day of this meeting has passed. Postpone it, or cancel it.")
        ensure(at <= meeting.ends_at or here == day, "too_late", late)
        meeting.stage, meeting.opened_at = MeetingStage.IN_SESSION, at
        publish(MeetingOpened(actor_id=by.id, meeting_id=meeting.id, task_force_id=meeting.task_force_id))
    return meeting


def take_attendance(meeting_id: int, command: TakeAttendance, *, by: Actor) -> Meeting:
    """Write down who is there; again while the session lasts, since people come late."""
    with transaction():
        meeting = meetings.opened(meeting_id, Act.RECORD, by)
        seated = {row.seat.id for row in queries.places(facts(meeting.id))}
        message = _("Say for every seat whether its holder is here.")
        ensure(set(command.presences) == seated, "not_every_seat", message)
        db.session.execute(sa.delete(Attendance).where(Attendance.meeting_id == meeting.id))
        for seat_id, presence in command.presences.items():
            db.session.add(Attendance(meeting_id=meeting.id, seat_id=seat_id, presence=presence))
        meeting.public_count = command.public_count
        db.session.flush()
        _ensure_decisions_stand(meeting)
        here = tuple(sorted(seat for seat, presence in command.presences.items() if presence in HERE))
        publish(
            AttendanceTaken(actor_id=by.id, meeting_id=meeting.id, seat_ids=here, public_count=command.public_count)
        )
    return meeting


def end_session(meeting_id: int, *, by: Actor) -> Meeting:
    """End a meeting: the quorum is counted for good, and the time for drafting its minutes begins."""
    with transaction():
        body_of(facts(meeting_id).task_force_id)  # with the neighborhood, for it may be impaired or restored
        meeting = meetings.opened(meeting_id, Act.END, by)
        told = facts(meeting.id)
        rows = queries.places(told)
        unsaid = _("First write down who is here.")
        ensure(not queries.is_unsaid(told, rows), "no_attendance", unsaid)
        counted = queries.quorum_of(told, rows)
        enough = counted.is_met or meeting.kind is MeetingKind.ASSEMBLY
        at = deadline_now()
        here = day_in(told.time_zone, at)
        due_on = working_day_after(told.neighborhood_id, here, MINUTES_DAYS)
        meeting.stage = MeetingStage.HELD if enough else MeetingStage.INQUORATE
        meeting.ended_at, meeting.minutes_due_on, meeting.quorum_needed = at, due_on, counted.needed
        meeting.community_votes, meeting.institution_votes = counted.community, counted.institution
        publish(
            MeetingEnded(
                actor_id=by.id,
                meeting_id=meeting.id,
                task_force_id=meeting.task_force_id,
                stage=meeting.stage,
                minutes_due_on=due_on,
            )
        )
        _impair_or_restore(meeting)
    return meeting


def _impair_or_restore(meeting: Meeting) -> None:
    """Two meetings in a row without quorum impair a task force, and one with a quorum restores it (domain, stages)."""
    in_a_row = queries.inquorate_in_a_row(meeting.task_force_id)
    if in_a_row >= IMPAIRS:
        bodies.impair(meeting.task_force_id, Impairment.INQUORATE)
    elif in_a_row == 0 and meeting.kind is not MeetingKind.ASSEMBLY:
        bodies.recover(meeting.task_force_id, Impairment.INQUORATE)


def _ensure_decisions_stand(meeting: Meeting) -> None:
    decided = sa.exists().where(Decision.outcome_id == Outcome.id, Outcome.meeting_id == meeting.id)
    if not db.session.scalar(sa.select(decided)):
        return
    message = _("Decisions were made with a quorum, so who was here then stays. Take the decisions back first.")
    ensure(queries.room(facts(meeting.id)).is_quorate, "decided_with_quorum", message)
