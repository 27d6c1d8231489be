"""Reading who is at a meeting, and whether that is enough to decide."""

from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.core.moments import day_in
from app.taskforces.interests.queries import recused
from app.taskforces.meetings.outcomes.rules import Room
from app.taskforces.meetings.queries import MeetingFacts, sitting
from app.taskforces.meetings.rules import HERE, SILENT, MeetingKind, Place, Presence, Quorum, quorum
from app.taskforces.meetings.sessions.models import Attendance
from app.taskforces.seats.models import Seat
from app.taskforces.seats.queries import SeatFacts


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """A seat and whether its holder is there; None where nothing is written down yet."""

    seat: SeatFacts
    presence: Presence | None

    @property
    def is_here(self) -> bool:
        """Whether its holder is there, in the room or by phone."""
        return self.presence in HERE


def places(meeting: MeetingFacts) -> list[PlaceRow]:
    """Every seat of the meeting's day, with who is there."""
    found = _presences(meeting.id)
    return [PlaceRow(seat=seat, presence=found.get(seat.id)) for seat in sitting(meeting.task_force_id, _day(meeting))]


def is_unsaid(meeting: MeetingFacts, rows: list[PlaceRow]) -> bool:
    """Whether somebody is not written down yet: a seat may have been taken since the attendance was."""
    return meeting.public_count is None or any(row.presence is None for row in rows)


def quorum_of(meeting: MeetingFacts, rows: list[PlaceRow]) -> Quorum:
    """Whether who is there is a quorum."""
    return quorum([_place(row) for row in rows], meeting.kind)


def room(meeting: MeetingFacts, project_id: int | None = None) -> Room:
    """Who may decide now (about a project). Whoever is recused counts for the quorum and neither moves nor votes; their
    deputy does, if they are a co-chair (rules 1 and 3)."""
    rows = places(meeting)
    out = recused([row.seat.person_id for row in rows], _day(meeting), project_id=project_id)
    voting = [replace(row, presence=None) if row.seat.person_id in out else row for row in rows]
    votes = quorum_of(meeting, voting)
    return Room(
        is_assembly=meeting.kind is MeetingKind.ASSEMBLY,
        is_quorate=quorum_of(meeting, rows).is_met,
        votes={"community": votes.community, "institution": votes.institution},
        movers=frozenset(row.seat.id for row in voting if row.is_here and row.seat.kind.value not in SILENT),
        recused=tuple(row.seat.name for row in rows if row.is_here and row.seat.person_id in out),
    )


def inquorate_in_a_row(task_force_id: int) -> int:
    """How many of the latest meetings of a task force, one after the other, had no quorum (two impair it)."""
    from_latest = db.session.execute(_COUNTS, {"body": task_force_id})
    count = 0
    for needed, community, institution in from_latest:
        if needed == 0:
            continue
        if Quorum(needed=needed, community=community, institution=institution).is_met:
            break
        count += 1
    return count


_COUNTS = sa.text(
    "SELECT quorum_needed, community_votes, institution_votes FROM meeting WHERE task_force_id = :body"
    " AND quorum_needed IS NOT NULL ORDER BY starts_at DESC, id DESC LIMIT 10"
)


def _place(row: PlaceRow) -> Place:
    return Place(seat_id=row.seat.id, kind=row.seat.kind.value, side=row.seat.side.value, presence=row.presence)


def _presences(meeting_id: int) -> dict[int, Presence]:
    query = sa.select(Attendance.seat_id, Attendance.presence).join(Seat, Seat.id == Attendance.seat_id)
    rows = db.session.execute(query.where(Attendance.meeting_id == meeting_id))
    return {seat_id: presence for seat_id, presence in rows}


def _day(meeting: MeetingFacts) -> date:
    return day_in(meeting.time_zone, meeting.opened_at or meeting.starts_at)
