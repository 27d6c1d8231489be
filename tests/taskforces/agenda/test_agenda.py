"""A co-chair's page: what waits, the most pressing first, and what fits into twenty minutes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.core.clock import at, now, today
from app.core.db import db, transaction
from app.taskforces.agenda import queries, words
from app.taskforces.agenda.rules import MINUTES, Item, Todo, by_itself, oldest_first, overdue, within_minutes
from app.taskforces.meetings import rules as meeting_rules
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.projects.models import Milestone
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.seats.absences import services as absences
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.setbacks import services as setbacks
from app.taskforces.setbacks.services import About
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import MatterKind
from app.taskforces.signing.services import Propose
from tests import make
from tests.taskforces.meetings import gathering


def days(n):
    return today() + timedelta(days=n)


def milestone(promised, position=2, **more):
    facts = {"title": "Poles up", "done_means": "Six poles stand", "baseline_on": days(promised)}
    return Milestone(position=position, **facts | {"forecast_on": days(promised)} | more)


def kept_milestone(project, promised):
    return make.kept(milestone(promised, project_id=project.id))


def todos(chair):
    return [one.todo for one in queries.waiting(queries.led_by(chair))]


@pytest.fixture
def chaired(app):
    """A task force and one of its co-chairs."""
    body = make.task_force()
    return body, make.co_chair(body)


def test_nothing_waits_when_all_is_well(chaired):
    make.project(body=chaired[0])
    assert todos(chaired[1]) == []


@pytest.mark.parametrize(("promised", "todo"), [(-7, [Todo.EXPLAIN]), (-6, [Todo.DUE]), (14, [Todo.DUE]), (15, [])])
def test_a_milestone_waits_when_it_is_near_and_presses_when_it_is_unexplained(chaired, promised, todo):
    kept_milestone(make.project(body=chaired[0]), promised)
    assert todos(chaired[1]) == todo


def test_a_new_project_waits_for_its_plan_and_then_for_its_promise(chaired):
    project = make.project(body=chaired[0], stage=ProjectStage.MOBILISING)
    assert todos(chaired[1]) == [Todo.SET_BASELINE]
    with transaction():
        db.session.delete(project.milestones[0])
    assert todos(chaired[1]) == [Todo.PLAN]


def test_eight_weeks_of_silence_wait_for_an_update(chaired):
    make.project(body=chaired[0], opened_at=now() - timedelta(days=60))
    assert todos(chaired[1]) == [Todo.UPDATE]


def test_a_setback_without_a_step_waits(chaired):
    project = make.project(body=chaired[0])
    setbacks.tell(About(project_id=project.id), "The crane fell over on Tuesday.", by=None)
    assert todos(chaired[1]) == [Todo.PUT_RIGHT]


def test_a_co_chair_sees_only_what_waits_in_their_own_task_forces(chaired):
    make.project(body=make.task_force(), stage=ProjectStage.MOBILISING)
    assert queries.led_by(chaired[1]).projects == () and todos(chaired[1]) == []


def item(todo=Todo.EXPLAIN, since=0, changes=None):
    return Item(todo=todo, about="Lamps", since=days(since), changes_on=changes if changes is None else days(changes))


def test_what_has_waited_longest_comes_first():
    assert [each.since for each in oldest_first([item(since=-1), item(since=-9), item(since=0)])] == [
        days(-9),
        days(-1),
        days(0),
    ]


def test_tomorrow_shows_what_changes_by_itself_and_not_what_changes_later_or_has_changed():
    tomorrow = item(changes=1)
    assert by_itself([item(changes=0), tomorrow, item(changes=2), item()], today()) == [tomorrow]


def test_twenty_minutes_hold_what_fits_and_always_the_first():
    assert within_minutes([item()] * 6, 20) == 4
    assert within_minutes([item(Todo.PLAN)] * 2, 5) == 1
    assert within_minutes([], 20) == 0


def test_every_todo_has_its_words_its_place_and_its_minutes():
    assert set(words.TODOS) == set(words.PLACES) == set(MINUTES) == set(Todo)
    assert set(words.BY_ITSELF) <= set(Todo)


def test_each_thing_is_done_on_a_page_that_exists(app):
    assert set(words.PLACES.values()) <= set(app.view_functions)


def test_the_page_costs_the_same_however_many_projects_there_are(chaired, statements):
    for _ in range(4):
        make.project(body=chaired[0], stage=ProjectStage.MOBILISING)
    statements.clear()
    queries.waiting(queries.led_by(chaired[1]))
    assert len(statements) == 15


@pytest.mark.parametrize(
    ("stage", "promised", "opened"),
    [("mobilising", 20, 1), ("delivery", -30, 1), ("delivery", 3, 1), ("delivery", 99, 90), ("handover", -30, 90)],
)
def test_each_thing_that_waits_leads_to_where_it_is_done(chaired, browser, stage, promised, opened):
    project = make.project(body=chaired[0], stage=ProjectStage(stage), opened_at=now() - timedelta(days=opened))
    kept_milestone(project, promised)
    page = browser.sign_in(make.account(chaired[1])).open("/task-forces/mine")
    links = page.all("a", class_="ll-todos__link")
    assert links and all(browser.open(link.get("href")).status == 200 for link in links)


def test_whoever_chairs_nothing_is_told_so(app, browser):
    page = browser.sign_in(make.person()).open("/task-forces/mine")
    assert page.status == 200 and "You chair no task force" in page.text


def test_a_secretary_and_a_member_find_what_is_theirs_and_nothing_of_the_chairs(app):
    body, (member, secretary) = make.task_force(), (SeatKind.MEMBER, SeatKind.SECRETARY)
    chair, sits, writes = make.co_chair(body), make.seated(body, member), make.seated(body, secretary)
    kept_milestone(make.project(body=body), -30)
    gathering.meeting(body, MeetingStage.IN_SESSION)
    found = {who.id: {item.todo for item in queries.waiting(queries.led_by(who))} for who in (chair, sits, writes)}
    assert found[chair.id] == {Todo.EXPLAIN, Todo.END_MEETING}
    assert (found[sits.id], found[writes.id]) == (set(), {Todo.END_MEETING})


def test_in_the_evening_a_day_ends_where_people_live_and_not_in_greenwich(app):
    body = make.task_force(where=make.neighborhood(time_zone="America/New_York"))
    chair = make.co_chair(body)
    kept_milestone(make.project(body=body), 0)
    due = datetime.combine(today(), time(1, 30), tzinfo=UTC) + timedelta(days=1)
    with at(due):
        led = queries.led_by(chair)
        assert led.today == today() - timedelta(days=1)
        assert [one.todo for one in by_itself(queries.waiting(led), led.today)] == [Todo.DUE]


def away(chair):
    seat = make.seat_of(chair).id
    absences.tell(seat, absences.TellAbsence(starts_on=today(), ends_on=today()), by=chair)


def test_a_deputy_sees_what_to_sign_and_to_verify_while_they_stand_in_and_nothing_else(chaired):
    body, ada = chaired
    deputy, bo = make.seated(body, SeatKind.DEPUTY), make.co_chair(body, Side.INSTITUTION)
    make.project(body=body, stage=ProjectStage.MOBILISING)
    meeting = gathering.meeting(body, MeetingStage.MINUTES_DRAFT)
    minutes_before_both(meeting, body, bo)
    assert todos(deputy) == []
    away(ada)
    assert todos(deputy) == [Todo.SIGN]


def minutes_before_both(meeting, body, by):
    answers = {"meeting_id": meeting.id}
    command = Propose(kind=MatterKind.MINUTES, task_force_id=body.id, project_id=None, answers=answers)
    return signing.propose(command, by=by)


def test_minutes_that_both_sides_are_asked_to_sign_wait_once_and_not_twice(chaired):
    body, ada = chaired
    meeting = gathering.meeting(body, MeetingStage.MINUTES_DRAFT)
    assert todos(ada) == [Todo.APPROVE_MINUTES]
    minutes_before_both(meeting, body, make.co_chair(body, Side.INSTITUTION))
    assert todos(ada) == [Todo.SIGN]


WAITS = sorted(meeting_rules.WAITS_IN, key=lambda stage: stage.value)


@pytest.mark.parametrize("stage", WAITS)
def test_whatever_a_meeting_waits_for_is_done_on_the_page_it_leads_to(chaired, browser, stage):
    gathering.meeting(chaired[0], stage)
    page = browser.sign_in(make.account(chaired[1])).open("/task-forces/mine")
    (link,) = page.all("a", class_="ll-todos__link")
    assert browser.open(link.get("href")).status == 200


def test_what_is_left_for_another_day_says_how_much_of_it_is_overdue():
    late = replace(item(since=-9), due_on=days(-1))
    assert overdue([late, item(), replace(late, due_on=days(0))], today()) == 1


def test_who_signs_in_a_task_force_finds_their_page_on_every_page_and_nobody_else_does(chaired, browser):
    for holder, shown in ((make.account(chaired[1]), True), (make.person(), False)):
        front = browser.sign_in(holder).open("/")
        places = [a.get("href") for a in front.all("a")]
        assert places.count("/task-forces/mine") == (2 if shown else 0)
        about = browser.open("/about")
        assert ("/task-forces/mine" in [a.get("href") for a in about.all("a")]) is shown


def test_a_done_project_waits_for_its_last_step(chaired):
    project = make.project(body=chaired[0], stage=ProjectStage.HANDOVER)
    with transaction():
        row = db.session.get(Milestone, project.milestones[0].id)
        row.actual_on, row.evidence = date(2026, 1, 2), "All six work at dusk, seen by five neighbors."
    assert todos(chaired[1]) == [Todo.COMPLETE]


def test_a_seat_that_is_offered_waits_for_whoever_sits_nowhere_yet(app, browser):
    offered = make.seat_offer(make.task_force())
    page = browser.sign_in(offered.person).open("/").follow("What waits for me")
    assert page.follow("Accept or decline").path == f"/task-forces/offers/{offered.id}"
