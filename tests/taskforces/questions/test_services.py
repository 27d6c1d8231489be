"""Questions from asked to closed, on the database: days, numbers, refusals, constraints, the clock."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.audit.models import AuditEntry
from app.core import clock
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.places.workdays.models import Holiday
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.questions.answering import services as answering
from app.taskforces.questions.answering.queries import question
from app.taskforces.questions.answering.services import RateAnswer
from app.taskforces.questions.asking import services as asking
from app.taskforces.questions.asking.services import Ask, TypeIn
from app.taskforces.questions.handling import services as handling
from app.taskforces.questions.handling.services import Decline, Redact
from app.taskforces.questions.lists import queries as lists
from app.taskforces.questions.models import Answer, Question, QuestionContact
from app.taskforces.questions.rules import Act, DeclineReason, Removed, Stage, Subject, Verdict
from app.taskforces.questions.telling import services as telling
from app.taskforces.seats.absences.models import Absence
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import SeatKind, Side
from tests import make
from tests.taskforces.meetings import gathering
from tests.taskforces.questions import asked
from tests.taskforces.questions.asked import NO, PLAIN

WORDS = Decline(reason=DeclineReason.OTHER, words="Please ask the bus line about it.")
VERBS = {
    "accept": lambda n, by: handling.accept(n, by=by),
    "decline": lambda n, by: handling.decline(n, WORDS, by=by),
    "merge": lambda n, by: handling.merge(n, n, by=by),
    "assign": lambda n, by: handling.assign(n, by.id, by=by),
    "redact": lambda n, by: handling.redact(n, Redact(passages=("Why",), why=Removed.INSULT), by=by),
    "draft": lambda n, by: answering.draft(n, PLAIN, by=by),
    "answer": lambda n, by: answering.answer(n, PLAIN, by=by),
    "rate": lambda n, by: answering.rate(n, NO, by=by),
    "pass_on": lambda n, by: telling.pass_on(n, by=by),
}


@pytest.fixture
def scene(app):
    return asked.scene()


def code_of(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def test_a_question_goes_the_whole_way_to_closed(scene):
    number = asked.at_stage(scene, Stage.ANSWERED)
    answering.rate(number, RateAnswer(verdict=Verdict.PARTLY), by=None, holds_link=True)
    row = asked.row(number)
    assert (row.stage, row.ended_on, row.waited_days) == (Stage.CLOSED, clock.today(), 0)
    assert [answer.person_id for answer in row.answers] == [scene.community.id]


def test_a_no_takes_it_to_the_other_co_chair_with_ten_days_of_their_own_and_only_once(scene):
    number = asked.at_stage(scene, Stage.ESCALATED)
    row = asked.row(number)
    assert (row.escalated_side, row.owner_id) == (Side.INSTITUTION, scene.institution.id)
    assert code_of(lambda: answering.answer(number, PLAIN, by=scene.community)) == "other_co_chair"
    answering.answer(number, PLAIN, by=scene.institution)
    answering.rate(number, NO, by=None, holds_link=True)
    row = asked.row(number)
    assert row.stage is Stage.CLOSED and [answer.turn for answer in row.answers] == [1, 2]


def test_where_the_other_seat_is_vacant_anybody_answers_who_has_not_yet(app):
    scene = asked.scene()
    scene.body = make.task_force(where=scene.body.neighborhood)
    scene.community = make.co_chair(scene.body)
    number = asked.at_stage(scene, Stage.ESCALATED)
    assert asked.row(number).owner_id is None
    assert code_of(lambda: answering.answer(number, PLAIN, by=scene.community)) == "first_answerer"
    answering.answer(number, PLAIN, by=scene.clerk)


def test_the_ten_days_are_working_days_from_the_day_it_was_asked_not_from_the_day_it_was_read(scene):
    asked_on = date(2026, 5, 18)  # a Monday; the holiday is the Monday after
    with transaction():
        db.session.add(Holiday(neighborhood_id=scene.body.neighborhood_id, on=date(2026, 5, 25), name="Memorial Day"))
    with clock.at(clock.datetime(2026, 5, 18, 12, tzinfo=clock.UTC)):
        number = asked.ask(scene)
    assert (asked.row(number).asked_on, asked.row(number).due_on) == (asked_on, date(2026, 6, 2))
    with clock.at(clock.datetime(2026, 6, 3, 12, tzinfo=clock.UTC)):
        asked.bring(scene, number, Stage.ANSWERED)
    row = asked.row(number)
    assert row.due_on == date(2026, 6, 2) and row.waited_days == 11
    assert question(number, None).answers[0].days_late == 1


def test_a_stranger_is_refused_by_every_verb_and_nothing_changes(scene):
    stranger, number = make.co_chair(make.task_force()), asked.at_stage(scene, Stage.ASSIGNED)
    for verb in VERBS.values():
        with pytest.raises(NoStanding):
            verb(number, stranger)
    assert asked.row(number).stage is Stage.ASSIGNED


def test_what_has_ended_stays_as_it_is(scene):
    for stage in (Stage.DECLINED, Stage.MERGED, Stage.CLOSED):
        number = asked.at_stage(scene, stage)
        for verb in ("accept", "decline", "merge", "assign", "draft"):
            assert code_of(lambda verb=verb, number=number: VERBS[verb](number, scene.clerk)) == "stage"
        assert code_of(lambda number=number: answering.rate(number, NO, by=None, holds_link=True)) == "stage"


def test_a_member_who_owns_a_question_drafts_and_a_co_chair_publishes(scene):
    member, number = make.seated(scene.body, SeatKind.MEMBER), asked.at_stage(scene, Stage.ACCEPTED)
    handling.assign(number, member.id, by=scene.community)
    answering.draft(number, PLAIN, by=member)
    assert code_of(lambda: answering.answer(number, PLAIN, by=member)) == "no_standing"
    assert question(number, scene.institution).draft.plain == PLAIN.plain
    assert question(number, None).draft is None
    answering.answer(number, PLAIN, by=scene.institution)
    assert question(number, scene.institution).draft is None


def test_nobody_owns_a_question_who_asked_it_or_does_not_work_on_it(scene):
    number = asked.at_stage(scene, Stage.ACCEPTED, by=scene.community)
    assert code_of(lambda: handling.assign(number, scene.community.id, by=scene.clerk)) == "own"
    assert code_of(lambda: handling.assign(number, make.actor().id, by=scene.clerk)) == "not_owner_here"
    assert code_of(lambda: handling.accept(number, by=scene.community)) == "own"


def test_questions_are_merged_only_into_one_that_is_answered_and_take_theirs_along(scene):
    first, second, third = (asked.at_stage(scene, Stage.ACCEPTED) for _ in range(3))
    assert code_of(lambda: handling.merge(first, asked.ask(scene), by=scene.clerk)) == "merged_target"
    assert code_of(lambda: handling.merge(first, first, by=scene.clerk)) == "itself"
    other = asked.scene()
    assert code_of(lambda: handling.merge(first, asked.at_stage(other, Stage.ACCEPTED), by=scene.clerk)) == "elsewhere"
    handling.merge(first, second, by=scene.clerk)
    handling.merge(second, third, by=scene.clerk)
    assert question(third, None).merged == (first, second)
    assert code_of(lambda: handling.merge(third, first, by=scene.clerk)) == "merged_target"


def test_the_database_itself_keeps_what_must_never_be_false(scene):
    declined, assigned = asked.at_stage(scene, Stage.DECLINED), asked.at_stage(scene, Stage.ASSIGNED)
    wrong = {
        "declined_with_reason": (declined, {"declined_words": None}),
        "assigned_to_somebody": (assigned, {"owner_id": None}),
        "about_one_thing": (assigned, {"area_id": scene.body.neighborhood.areas[0].id}),
        "answered_on_a_day": (assigned, {"stage": Stage.ANSWERED}),
        "ended_on_a_day": (assigned, {"ended_on": clock.today()}),
        "due_after_it_was_asked": (assigned, {"due_on": date(2020, 1, 1)}),
    }
    for name, (number, values) in wrong.items():
        with pytest.raises(IntegrityError, match=name), transaction():
            db.session.execute(sa.update(Question).where(Question.number == number).values(**values))


def test_no_question_is_deleted_and_no_answer_changed(scene):
    number = asked.at_stage(scene, Stage.CLOSED)
    gone = sa.delete(Question).where(Question.number == number)
    for statement in (gone, sa.update(Answer).values(plain="No comment.")):
        with pytest.raises(DatabaseError, match="never deleted|append-only"), transaction():
            db.session.execute(statement)


def test_the_clock_closes_what_nobody_rates_once_and_says_by_which_rule(scene):
    number, here = asked.at_stage(scene, Stage.ANSWERED), scene.body.neighborhood_id
    answering.close_silent(here, clock.today() + timedelta(days=14))
    assert asked.row(number).stage is Stage.ANSWERED
    for _twice in range(2):
        answering.close_silent(here, clock.today() + timedelta(days=15))
    assert asked.row(number).stage is Stage.CLOSED
    [kept] = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.kind == "QuestionFellSilent"))
    assert kept.actor_id is None and '"rule":31' in kept.body.replace(" ", "")


def test_an_address_is_forgotten_two_weeks_after_the_end_and_not_before(scene):
    number, here = asked.ask(scene, email="ada@example.org"), scene.body.neighborhood_id
    telling.forget_contacts(here, clock.today() + timedelta(days=100))
    assert db.session.query(QuestionContact).count() == 1
    asked.bring(scene, number, Stage.CLOSED)
    for days, left in ((14, 1), (15, 0)):
        telling.forget_contacts(here, clock.today() + timedelta(days=days))
        assert db.session.query(QuestionContact).count() == left


def test_what_came_on_paper_is_told_at_the_desk_and_rated_by_a_clerk_who_did_not_answer(scene):
    ask = Ask(subject=Subject.TASK_FORCE, subject_id=scene.body.id, text=asked.TEXT, language="es")
    paper = TypeIn(ask=ask, received_on=clock.today() - timedelta(days=1), otherwise="555 0101")
    number = asking.type_in(paper, by=scene.clerk).number
    asked.bring(scene, number, Stage.ANSWERED)
    assert [row.number for row in lists.to_pass_on(scene.clerk)] == [number]
    assert question(number, scene.clerk).reach == "555 0101" and question(number, scene.community).reach is None
    telling.pass_on(number, by=scene.clerk)
    assert code_of(lambda: telling.pass_on(number, by=scene.clerk)) == "passed_on" and not lists.to_pass_on(scene.clerk)
    answering.rate(number, RateAnswer(verdict=Verdict.ANSWERED), by=scene.clerk)
    assert question(number, None).answers[0].at_desk


def test_whoever_asked_on_paper_hears_the_answer_to_the_question_theirs_went_into(scene):
    ask = Ask(subject=Subject.TASK_FORCE, subject_id=scene.body.id, text=asked.TEXT, language="en")
    paper = TypeIn(ask=ask, received_on=clock.today(), otherwise="555 0102")
    number, other = asking.type_in(paper, by=scene.clerk).number, asked.at_stage(scene, Stage.ASSIGNED)
    handling.merge(number, other, by=scene.clerk)
    assert lists.to_pass_on(scene.clerk) == []
    answering.answer(other, PLAIN, by=scene.community)
    assert [row.number for row in lists.to_pass_on(scene.clerk)] == [number]
    telling.pass_on(number, by=scene.clerk)
    assert lists.to_pass_on(scene.clerk) == []


def test_what_waits_for_somebody_is_theirs_and_by_its_day(scene):
    received, assigned = asked.ask(scene), asked.at_stage(scene, Stage.ASSIGNED)
    asked.at_stage(asked.scene(), Stage.ASSIGNED)
    mine = [(each.row.number, each.act) for each in lists.waiting(scene.community).items]
    assert mine == [(received, Act.ACCEPT), (assigned, Act.ANSWER)]
    assert [each.row.number for each in lists.waiting(scene.institution).items] == [received]
    assert not lists.waiting(make.actor()).items


def test_an_answer_goes_to_whoever_asked_the_same_too(scene, mailbox):
    first, second = asked.ask(scene, email="a@example.org"), asked.ask(scene, email="b@example.org", language="es")
    asked.bring(scene, first, Stage.ASSIGNED)
    handling.merge(second, first, by=scene.clerk)
    answering.answer(first, PLAIN, by=scene.community)
    told = [mail.to[0] for mail in mailbox.all() if PLAIN.plain in mail.body]
    assert told == ["a@example.org", "b@example.org"]


def test_of_somebody_young_the_first_name_only_is_shown(scene):
    young, number = make.seated(scene.body, SeatKind.YOUTH), asked.at_stage(scene, Stage.ACCEPTED)
    handling.assign(number, young.id, by=scene.clerk)
    answering.draft(number, PLAIN, by=young)
    page = question(number, scene.clerk)
    assert (page.row.owner, page.draft.name) == ("Noor", "Noor")


def test_while_the_other_co_chair_is_away_their_deputy_answers(scene):
    deputy = make.seated(scene.body, SeatKind.DEPUTY, Side.INSTITUTION)
    assert code_of(lambda: answering.answer(asked.at_stage(scene, Stage.ESCALATED), PLAIN, by=deputy)) == "no_standing"
    with transaction():
        seat = db.session.query(Seat).filter_by(person_id=scene.institution.id).one()
        told = {"told_by_id": scene.clerk.id, "told_at": clock.now()}
        db.session.add(Absence(seat_id=seat.id, starts_on=clock.today(), ends_on=clock.today(), **told))
    number = asked.at_stage(scene, Stage.ESCALATED)
    assert asked.row(number).owner_id == deputy.id
    answering.answer(number, PLAIN, by=deputy)


def test_a_question_to_a_meeting_is_due_by_it_where_that_is_sooner_and_goes_to_its_task_force(scene):
    starts = [clock.now() + timedelta(days=n) for n in (2, 40)]
    soon, late = (gathering.meeting(scene.body, starts_at=at, ends_at=at + timedelta(hours=2)) for at in starts)
    about = [asked.ask(scene, subject=Subject.MEETING, subject_id=each.id) for each in (soon, late)]
    days = [asked.row(number).due_on - clock.today() for number in about]
    assert days[0] == timedelta(days=2) and timedelta(days=13) < days[1] < timedelta(days=19)
    assert question(about[0], None).row.body == scene.body.name
    assert lists.of_meeting(soon.id).total == 1
    draft = gathering.meeting(scene.body, MeetingStage.DRAFT)
    assert code_of(lambda: asked.ask(scene, subject=Subject.MEETING, subject_id=draft.id)) == "not_found"
