"""What comes of a meeting is written down while it is in session, decided only with a quorum, and carried over."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import NoStanding
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.outcomes import policies, queries, services
from app.taskforces.meetings.outcomes.models import Decision, Outcome
from app.taskforces.meetings.outcomes.rules import ActionState, OutcomeKind, Tally
from app.taskforces.meetings.outcomes.services import AgreeAction, RecordDecision
from app.taskforces.meetings.rules import MeetingKind, MeetingStage, Presence, Todo
from app.taskforces.meetings.sessions import queries as session_queries
from app.taskforces.meetings.sessions import services as sessions
from app.taskforces.rules import BodyStage, Impairment
from app.taskforces.seats.rules import SeatKind
from tests import make
from tests.taskforces.meetings import gathering
from tests.taskforces.meetings.gathering import refusal

ONE, NONE, AGAINST = Tally(yes=1, no=0, abstained=0), Tally(yes=0, no=0, abstained=0), Tally(yes=0, no=1, abstained=0)
WEEK = timedelta(days=7)
DEFEATED = {"carried": False, "community_yes": 0}
S = MeetingStage


@pytest.fixture
def body(app):
    """A task force with a chair on each side."""
    return gathering.body()


def motion(body, **more):
    facts = {"text": "We buy six lamps.", "community": ONE, "institution": ONE}
    movers = {"moved_by": gathering.seat(body, body.ada), "seconded_by": gathering.seat(body, body.ben)}
    return RecordDecision(**facts | movers | more)


def decide(meeting, body, **more):
    return services.decide(gathering.item(meeting), motion(body, **more), by=body.ada)


def agree(meeting, body, **more):
    facts = {"text": "Ask for prices", "owner_seat_id": None, "owner": "Streets department", "due_on": today() + WEEK}
    return services.agree_action(gathering.item(meeting), AgreeAction(**facts | more), by=body.ada)


def test_three_kinds_of_outcome_are_written_down_in_their_order(body):
    meeting = gathering.in_session(body)
    services.note(gathering.item(meeting), "The light is out since May.", by=body.ada)
    decide(meeting, body, review_on=today() + 60 * WEEK)
    agree(meeting, body, owner_seat_id=gathering.seat(body, body.ben))
    rows = queries.outcomes(meeting.id)
    assert [row.kind for row in rows] == list(OutcomeKind)
    assert (rows[1].vote.carried, rows[1].vote.moved_by, rows[1].vote.seconded_by) == (
        True,
        body.ada.name,
        body.ben.name,
    )
    assert (rows[2].action.owner, rows[2].action.owner_id) == (body.ben.name, body.ben.id)


def test_a_motion_that_one_side_does_not_carry_is_on_record_as_not_carried(body):
    meeting = gathering.in_session(body)
    assert decide(meeting, body, institution=AGAINST) and queries.outcomes(meeting.id)[0].vote.carried is False


def test_without_a_quorum_there_is_no_decision_but_a_note_and_an_action(body):
    meeting = gathering.in_session(body, ben=Presence.APOLOGY)
    assert refusal(lambda: decide(meeting, body))[0] == "no_quorum"
    services.note(gathering.item(meeting), "We talked about it.", by=body.ada)
    agree(meeting, body)
    assert sessions.end_session(meeting.id, by=body.ada).stage is S.INQUORATE
    assert session_queries.inquorate_in_a_row(body.row.id) == 1


def sit(body, **presences):
    """A whole session without a word."""
    sessions.end_session(gathering.in_session(body, **presences).id, by=body.ada)
    return body.row.stage, body.row.impaired_by


def test_two_meetings_in_a_row_without_quorum_impair_a_task_force_and_one_with_it_restores_it(body):
    assert sit(body, ben=Presence.ABSENT) == (BodyStage.ACTIVE, None)
    assert sit(body) == (BodyStage.ACTIVE, None)
    assert [sit(body, ben=Presence.ABSENT)[0] for _ in range(2)] == [BodyStage.ACTIVE, BodyStage.IMPAIRED]
    assert body.row.impaired_by is Impairment.INQUORATE
    assert sit(body) == (BodyStage.ACTIVE, None)


def test_somebody_young_moves_a_motion_under_their_first_name(body):
    young = make.seated(body.row, SeatKind.YOUTH, shown_as="Lea", consent_on=today())
    meeting = gathering.in_session(body)
    decide(meeting, body, moved_by=gathering.seat(body, young))
    assert queries.outcomes(meeting.id)[0].vote.moved_by == "Lea"


def test_an_assembly_decides_nothing_and_needs_no_quorum(body):
    meeting = gathering.meeting(body.row, S.IN_SESSION, kind=MeetingKind.ASSEMBLY)
    gathering.take(meeting, body, ben=Presence.ABSENT)
    assert refusal(lambda: decide(meeting, body))[0] == "assembly"
    assert sessions.end_session(meeting.id, by=body.ada).stage is S.HELD
    assert session_queries.inquorate_in_a_row(body.row.id) == 0


def test_who_was_there_for_a_decision_stays(body):
    meeting = gathering.in_session(body)
    decision = decide(meeting, body)
    assert refusal(lambda: gathering.take(meeting, body, ben=Presence.ABSENT))[0] == "decided_with_quorum"
    services.take_back(decision.id, by=body.ada)
    gathering.take(meeting, body, ben=Presence.ABSENT)
    assert queries.outcomes(meeting.id) == []


def test_a_session_ends_only_once_everybody_is_written_down(body):
    meeting = gathering.meeting(body.row, S.IN_SESSION)
    assert refusal(lambda: sessions.end_session(meeting.id, by=body.ada))[0] == "no_attendance"
    half = sessions.TakeAttendance(presences={gathering.seat(body, body.ada): Presence.PRESENT}, public_count=0)
    assert refusal(lambda: sessions.take_attendance(meeting.id, half, by=body.ada))[0] == "not_every_seat"
    gathering.take(meeting, body)
    assert (sessions.end_session(meeting.id, by=body.ada).stage, meeting.community_votes) == (S.HELD, 1)
    assert meeting.minutes_due_on > today() and meeting.public_count == 4


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"moved_by": 0}, ("not_there", "moved_by")),
        ({"community": Tally(yes=2, no=0, abstained=0)}, ("too_many", "community_yes")),
        ({"review_on": today()}, ("review_too_early", "review_on")),
        ({"about_id": 999}, ("not_to_review", "about")),
    ],
)
def test_a_vote_that_cannot_have_been_is_refused_at_its_field(body, change, refused):
    assert refusal(lambda: decide(gathering.in_session(body), body, **change)) == refused
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Outcome)) == 0


def test_whoever_has_declared_an_interest_in_a_project_neither_moves_nor_votes_about_it(body, monkeypatch):
    meeting, project = gathering.in_session(body), make.project(body=body.row)
    member = make.seated(body.row, SeatKind.MEMBER)
    gathering.take(meeting, body)
    with transaction():
        db.session.get(AgendaItem, gathering.item(meeting)).project_id = project.id
    told = meetings.queries.facts(meeting.id)
    assert session_queries.room(told, project.id).votes == {"community": 2, "institution": 1}
    monkeypatch.setattr(session_queries, "recused", lambda *_, **on: frozenset({member.id} if on["project_id"] else ()))
    room = session_queries.room(told, project.id)
    assert (room.votes["community"], room.recused, room.is_quorate) == (1, (member.name,), True)
    moved = gathering.seat(body, member)
    assert refusal(lambda: decide(meeting, body, moved_by=moved))[0] == "not_there"
    assert session_queries.room(told).votes["community"] == 2


def test_an_observer_moves_nothing_and_counts_for_no_quorum(body):
    watcher = make.seated(body.row, SeatKind.OBSERVER)
    meeting = gathering.in_session(body)
    moved = gathering.seat(body, watcher)
    assert refusal(lambda: decide(meeting, body, moved_by=moved))[0] == "not_there"
    assert session_queries.room(meetings.queries.facts(meeting.id)).votes == {"community": 1, "institution": 1}


def ended(body, **more):
    """A meeting that agreed on an action and has ended."""
    meeting = gathering.in_session(body)
    action = agree(meeting, body, **more)
    sessions.end_session(meeting.id, by=body.ada)
    return meeting, action


def test_an_open_action_comes_up_in_each_later_meeting_with_its_age(body):
    meeting, action = ended(body)
    with transaction():
        meeting.opened_at = now() - timedelta(days=40)
    (carried,) = queries.carried_over(body.row.id, before=gathering.in_session(body).id)
    assert (carried.outcome_id, carried.age(today()), carried.overdue(today())) == (action.id, 40, False)
    assert carried.overdue(today() + 2 * WEEK)
    (waits,) = [w for w in meetings.queries.waiting([body.row.id], today()) if w.todo is Todo.FINISH_ACTION]
    assert (waits.outcome_id, waits.since_on, waits.due_on) == (action.id, today() - timedelta(days=40), today() + WEEK)
    services.end_action(action.id, ActionState.DONE, "Three prices came in.", by=body.ben)
    assert queries.carried_over(body.row.id) == [] and queries.action(action.id).age(today() + WEEK) == 40
    assert refusal(lambda: services.end_action(action.id, ActionState.DROPPED, "No", by=body.ada))[0] == "has_ended"


def test_an_action_is_as_old_as_its_meeting_where_the_neighborhood_is(body):
    meeting, action = ended(body)
    with transaction():
        body.row.neighborhood.time_zone = "Pacific/Kiritimati"
        meeting.opened_at = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    assert queries.action(action.id).made_on == date(2026, 3, 3)


def test_an_action_is_ended_by_its_owner_and_those_who_lead(body, monkeypatch):
    meeting, _ = ended(body)
    member, stranger = make.seated(body.row, SeatKind.MEMBER), make.actor()
    later = gathering.in_session(body)
    action = agree(later, body, owner_seat_id=gathering.seat(body, member)).id
    assert refusal(lambda: services.end_action(action, ActionState.DONE, "It is.", by=member))[0] == "not_now"
    sessions.end_session(later.id, by=body.ada)
    with pytest.raises(NoStanding):
        services.end_action(action, ActionState.DONE, "It is.", by=stranger)
    services.end_action(action, ActionState.DONE, "It is.", by=member)
    monkeypatch.setattr(services, "may_end_action", lambda *_, **__: True)
    services.end_action(queries.carried_over(body.row.id)[0].outcome_id, ActionState.DONE, "Sabotaged", by=stranger)
    assert not policies.may_end_action(stranger, frozenset(), owner_id=None)


def test_an_action_needs_an_owner_and_a_day_to_come(body):
    meeting = gathering.in_session(body)
    assert refusal(lambda: agree(meeting, body, owner=" ")) == ("no_owner", "owner")
    assert refusal(lambda: agree(meeting, body, owner_seat_id=999)) == ("no_owner", "owner_seat")
    assert refusal(lambda: agree(meeting, body, due_on=today() - WEEK)) == ("due_too_early", "due_on")


def test_a_decision_waits_for_its_review_until_a_later_one_looks_at_it(body):
    meeting = gathering.in_session(body)
    first = decide(meeting, body, review_on=today() + WEEK)
    decide(meeting, body, review_on=today() + WEEK, community=AGAINST)
    (row,) = queries.to_review(body.row.id)
    assert row.due(today()) and not row.overdue(today()) and row.overdue(today() + 2 * WEEK)
    assert Todo.REVIEW_DECISION in {each.todo for each in meetings.queries.waiting([body.row.id], today())}
    decide(meeting, body, about_id=first.id, text="The lamps stay as they are.")
    assert [each.is_reviewed for each in queries.to_review(body.row.id)] == [True]
    assert queries.outcomes(meeting.id)[2].about == "We buy six lamps."


@pytest.mark.parametrize("stage", [S.NOTICED, S.HELD])
def test_the_database_takes_no_outcome_of_a_meeting_that_is_not_in_session(body, stage):
    meeting = gathering.meeting(body.row, stage)
    facts = {"item_id": gathering.item(meeting), "kind": "note", "text": "Late", "recorded_by_id": body.ada.id}
    row = sa.insert(Outcome).values(meeting_id=meeting.id, recorded_at=now(), **facts)
    with pytest.raises(sa.exc.DatabaseError, match="while the meeting is in session"), db.engine.begin() as conn:
        conn.execute(row)


def test_the_database_keeps_what_was_decided_as_it_was(body):
    meeting = gathering.in_session(body)
    decide(meeting, body)
    sessions.end_session(meeting.id, by=body.ada)
    for statement in (
        sa.update(Outcome).values(text="No"),
        sa.delete(Decision),
        sa.update(Decision).values(carried=False),
    ):
        with (
            pytest.raises(sa.exc.DatabaseError, match="while the meeting is in session"),
            db.engine.begin() as conn,
        ):
            conn.execute(statement)
    assert db.session.query(AgendaItem).count() == 1 and db.session.query(Meeting).count() == 1


def test_what_was_said_is_in_no_log(body):
    meeting = gathering.in_session(body)
    decide(meeting, body)
    services.take_back(services.note(gathering.item(meeting), "Said by mistake", by=body.ada).id, by=body.ada)
    kinds = list(db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)))
    assert kinds == ["AttendanceTaken", "DecisionRecorded", "NoteRecorded", "OutcomeTakenBack"]
    told = "".join(db.session.scalars(sa.select(AuditEntry.body)))
    assert "six lamps" not in told and "mistake" not in told
