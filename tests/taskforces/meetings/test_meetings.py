"""A meeting is announced in time, begins on its day, and is moved or called off only with a reason everybody reads."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core import clock
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import NotFound
from app.taskforces.meetings import policies, queries, services
from app.taskforces.meetings.items import queries as item_queries
from app.taskforces.meetings.items import services as items
from app.taskforces.meetings.minutes import services as minutes
from app.taskforces.meetings.minutes.services import AmendMinutes
from app.taskforces.meetings.models import Meeting, MeetingChange
from app.taskforces.meetings.rules import WAITS_IN, Act, MeetingKind, MeetingStage, can
from app.taskforces.meetings.sessions import services as sessions
from app.taskforces.rules import BodyStage
from app.taskforces.seats.rules import SeatKind
from tests import make
from tests.sizes import size
from tests.taskforces.meetings import gathering
from tests.taskforces.meetings.gathering import does, refusal

S = MeetingStage
WHY = "The hall is flooded."


def drafted(body, **more):
    return services.draft(body.row.id, gathering.wish(**more), by=body.ada)


def add(meeting, by, **more):
    return items.add(meeting.id, gathering.an_item(**more), by=by)


def test_a_meeting_goes_from_a_draft_to_its_notice_with_edition_one(app):
    body = gathering.body()
    meeting = drafted(body)
    assert (meeting.number, meeting.stage, queries.facts(meeting.id).code) == (
        1,
        S.DRAFT,
        f"TF-{body.row.id}/MTG-01",
    )
    assert refusal(lambda: services.notice(meeting.id, by=body.ada))[0] == "no_agenda"
    add(meeting, body.ada)
    services.notice(meeting.id, by=body.ben)
    assert (meeting.stage, meeting.agenda_edition, meeting.sequence) == (S.NOTICED, 1, 0)
    assert drafted(body).number == 2


@pytest.mark.parametrize("stage", [BodyStage.PROPOSED, BodyStage.DISSOLVED])
def test_a_task_force_that_is_not_there_yet_or_no_more_does_not_meet(app, stage):
    body = gathering.body()
    with transaction():
        body.row.stage = stage
        body.row.constituted_on = None if stage is BodyStage.PROPOSED else clock.today()
    assert refusal(lambda: drafted(body))[0] == "does_not_meet"


def test_what_is_announced_too_late_is_refused_with_the_first_day_that_is_possible(app):
    body = gathering.body()
    meeting = drafted(body, when=gathering.when(6))
    add(meeting, body.ada)
    with pytest.raises(services.DomainError, match="at least 7 days before") as refused:
        services.notice(meeting.id, by=body.ada)
    assert refused.value.code == "too_late"
    services.change(meeting.id, gathering.wish(kind=MeetingKind.SPECIAL, when=gathering.when(3)), by=body.ada)
    assert services.notice(meeting.id, by=body.ada).stage is S.NOTICED


def test_an_announced_day_stays_until_it_is_postponed_and_the_place_does_not(app):
    body = gathering.body()
    meeting = gathering.noticed(body)
    other_day = gathering.wish(when=gathering.when(12))
    assert refusal(lambda: services.change(meeting.id, other_day, by=body.ada)) == ("announced", "day")
    assembly = gathering.wish(kind=MeetingKind.ASSEMBLY)
    assert refusal(lambda: services.change(meeting.id, assembly, by=body.ada)) == ("announced", "kind")
    services.change(meeting.id, gathering.wish(place="Town hall"), by=body.ada)
    assert (meeting.place, meeting.sequence) == ("Town hall", 1)


def test_each_public_change_of_the_agenda_is_an_edition_and_a_note_is_none(app):
    body = gathering.body()
    meeting = gathering.noticed(body)
    first, second = gathering.item(meeting), add(meeting, body.ada, title="Paths").id
    items.move(second, up=True, by=body.ada)
    items.move(second, up=True, by=body.ada)
    items.change(second, gathering.an_item(title="Paths", note="Say it kindly."), by=body.ada)
    assert meeting.agenda_edition == 3
    assert [each.id for each in item_queries.items(meeting.id)] == [second, first]
    items.take_off(first, by=body.ada)
    assert refusal(lambda: items.take_off(second, by=body.ada))[0] == "last_item"
    assert meeting.agenda_edition == 4 and {each.note for each in item_queries.items(meeting.id)} == {""}


def test_an_item_is_about_a_project_of_the_same_task_force_or_none(app):
    body = gathering.body()
    meeting, ours, foreign = gathering.meeting(body.row), make.project(body=body.row), make.project()
    assert refusal(lambda: add(meeting, body.ada, project_id=foreign.id)) == ("not_ours", "project")
    assert item_queries.item(add(meeting, body.ada, project_id=ours.id).id).project_title == ours.title


def test_postponed_and_cancelled_meetings_keep_their_days_and_reasons(app):
    body = gathering.body()
    meeting = gathering.noticed(body)
    first = meeting.starts_at
    services.postpone(meeting.id, WHY, by=body.ada)
    early = gathering.when(2)
    assert refusal(lambda: services.name_new_date(meeting.id, early, by=body.ada)) == ("too_late", "day")
    services.name_new_date(meeting.id, gathering.when(20), by=body.ada)
    assert (meeting.stage, meeting.reason, meeting.sequence) == (S.NOTICED, None, 2)
    services.cancel(meeting.id, "Nobody can come.", by=body.ada)
    rows = queries.changes(meeting.id)
    assert [(row.stage, row.reason) for row in rows] == [
        (S.POSTPONED, WHY),
        (S.NOTICED, WHY),
        (S.CANCELLED, "Nobody can come."),
    ]
    assert rows[0].starts_at == first and rows[1].starts_at == meeting.starts_at


def test_a_meeting_begins_on_its_day(app):
    body = gathering.body()
    meeting = gathering.noticed(body)
    day = meeting.starts_at.date()
    assert refusal(lambda: sessions.open_session(meeting.id, by=body.ada))[0] == "too_early"
    with gathering.on(day + timedelta(days=1), 1):
        assert refusal(lambda: sessions.open_session(meeting.id, by=body.ada))[0] == "too_late"
    with gathering.on(day, 9):
        assert sessions.open_session(meeting.id, by=body.ada).stage is S.IN_SESSION


VERBS = {
    Act.PREPARE: lambda m, by: add(m, by),
    Act.NOTICE: lambda m, by: services.notice(m.id, by=by),
    Act.POSTPONE: lambda m, by: services.postpone(m.id, WHY, by=by),
    Act.NAME_NEW_DATE: lambda m, by: services.name_new_date(m.id, gathering.when(), by=by),
    Act.CANCEL: lambda m, by: services.cancel(m.id, WHY, by=by),
    Act.OPEN: lambda m, by: sessions.open_session(m.id, by=by),
    Act.RECORD: lambda m, by: sessions.take_attendance(m.id, attendance(m), by=by),
    Act.END: lambda m, by: sessions.end_session(m.id, by=by),
    Act.DRAFT_MINUTES: lambda m, by: minutes.draft(m.id, by=by),
    Act.AMEND_MINUTES: lambda m, by: minutes.amend(m.id, amended(m), by=by),
    Act.CLOSE: lambda m, by: services.close(m.id, by=by),
}
"""Approving is tried with the minutes."""


def attendance(meeting):
    seats = [place.seat.id for place in sessions.queries.places(queries.facts(meeting.id))]
    return sessions.TakeAttendance(presences=dict.fromkeys(seats, sessions.Presence.PRESENT), public_count=0)


def amended(meeting):
    return AmendMinutes(body=f"June\nAmended {meeting.id}", change="A name was wrong", read_up_to=1)


def ready(body, act, stage):
    """A meeting of that stage for which nothing but stage and standing can stand in the way."""
    ahead = {"starts_at": clock.now() + timedelta(days=9), "ends_at": clock.now() + timedelta(days=9, hours=2)}
    meeting = gathering.meeting(body.row, stage, **(ahead if act is Act.NOTICE else {}))
    if act is Act.END and stage is S.IN_SESSION:
        gathering.take(meeting, body)
    return meeting


@pytest.mark.soak
@pytest.mark.parametrize("act", [Act.END], ids=str)
def test_a_verb_asks_the_table_of_stages(app, act):
    body, tried = gathering.body(), size(commit=[S.HELD, S.IN_SESSION, S.NOTICED], night=list(S))
    for verb in size(commit=[act], night=list(VERBS)):
        done = {stage for stage in tried if does(lambda s=stage, v=verb: VERBS[v](ready(body, v, s), body.ada))}
        assert done == {stage for stage in tried if can(verb, stage)}


def everybody(body):
    """One of each kind of person."""
    roles = size(commit=[Role.CLERK, Role.ADMIN], night=list(Role))
    kinds = size(commit=[SeatKind.MEMBER, SeatKind.SECRETARY], night=list(SeatKind))
    people = {role.value: make.actor(role) for role in roles}
    people |= {kind.value: seated(body.row, kind) for kind in kinds if kind is not SeatKind.CO_CHAIR}
    other = make.co_chair(make.task_force(where=body.row.neighborhood))
    return people | {"resident": make.resident(body.row.neighborhood), "chair elsewhere": other}


def seated(row, kind):
    young = {"shown_as": "Lea", "consent_on": clock.today()} if kind is SeatKind.YOUTH else {}
    return make.seated(row, kind, **young)


def who_does(act, body, people):
    (stage,) = [stage for stage in S if can(act, stage)][:1]
    return {name for name, by in people.items() if does(lambda by=by: VERBS[act](ready(body, act, stage), by))}


@pytest.mark.soak
def test_only_those_who_lead_write_and_only_they_and_the_clerk_announce(app):
    body = gathering.body()
    people = everybody(body)
    writers = {name for name in ("deputy", "secretary") if name in people}
    for act in size(commit=[Act.CANCEL, Act.OPEN], night=list(VERBS)):
        announces = act in (Act.NOTICE, Act.POSTPONE, Act.NAME_NEW_DATE, Act.CANCEL)
        assert who_does(act, body, people) == ({"clerk"} if announces else writers), act


def test_the_check_notices_when_anybody_may(app, monkeypatch):
    body = gathering.body()
    monkeypatch.setattr(services, "may", lambda *_: True)
    assert who_does(Act.NOTICE, body, {"resident": make.resident(body.row.neighborhood)}) == {"resident"}


def test_a_draft_is_seen_by_those_who_prepare_it_and_nobody_else(app, monkeypatch):
    body = gathering.body()
    meeting = gathering.meeting(body.row, S.DRAFT)
    people = everybody(body) | {"nobody": None, "ada": body.ada}
    seen = {name for name, who in people.items() if does(lambda who=who: queries.meeting(meeting.id, who))}
    assert seen == {"ada", "clerk"} | {name for name in ("deputy", "secretary") if name in people}
    monkeypatch.setattr(policies, "may_see_draft", lambda *_: True)
    assert queries.meeting(meeting.id, None).id == meeting.id, "the check would notice if it were gone"
    with pytest.raises(NotFound):
        queries.facts(0)


BROKEN = {
    "public_once_noticed": {"stage": "noticed", "noticed_at": None},
    "called_off_with_a_reason": {"stage": "cancelled"},
    "counted_when_it_ends": {"stage": "held"},
    "counted_as_a_whole": {"stage": "held", "quorum_needed": 2},
    "ends_after_it_starts": {"ends_at": sa.literal_column("starts_at")},
}


def test_the_schema_holds_a_meeting_together(app):
    meeting = gathering.meeting(gathering.body().row)
    for constraint, values in BROKEN.items():
        with pytest.raises(sa.exc.IntegrityError, match=constraint), db.engine.begin() as connection:
            connection.execute(sa.update(Meeting).where(Meeting.id == meeting.id).values(**values))


def test_no_meeting_goes_and_no_reason_is_rewritten(app):
    body = gathering.body()
    services.postpone(gathering.noticed(body).id, WHY, by=body.ada)
    for statement in (sa.delete(Meeting), sa.update(MeetingChange).values(reason="Other")):
        with pytest.raises(sa.exc.DatabaseError, match="never deleted|append-only"), db.engine.begin() as connection:
            connection.execute(statement)


def test_each_act_is_one_event_and_no_reason_is_in_the_log(app):
    body = gathering.body()
    meeting = gathering.noticed(body)
    services.postpone(meeting.id, WHY, by=body.ada)
    kinds = list(db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)))
    assert kinds == ["MeetingDrafted", "MeetingChanged", "MeetingNoticed", "MeetingPostponed"]
    assert "flooded" not in "".join(db.session.scalars(sa.select(AuditEntry.body)))


def test_what_waits_says_since_when_and_until_when(app):
    body = gathering.body()
    rows = {stage: gathering.meeting(body.row, stage) for stage in S}
    today = clock.today()
    found = {(each.todo, each.meeting_id, each.since_on, each.due_on) for each in queries.waiting([body.row.id], today)}
    week = timedelta(days=7)
    assert found == {
        (todo, rows[stage].id, today, {S.DRAFT: today - week, S.HELD: today, S.INQUORATE: today}.get(stage))
        for stage, todo in WAITS_IN.items()
    }
    assert queries.around(body.row.id).last.id == max(rows[stage].id for stage in S if stage in queries.ENDED)
