"""A co-chair's page: what waits, the most pressing first, and what fits into twenty minutes."""

from datetime import date, timedelta

import pytest

from app.core.clock import now, today
from app.core.db import db, transaction
from app.taskforces.agenda import queries, words
from app.taskforces.agenda.rules import MINUTES, Item, Todo, by_itself, oldest_first, within_minutes
from app.taskforces.projects.models import Milestone
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.setbacks import services as setbacks
from app.taskforces.setbacks.services import About
from tests import make


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


def test_a_done_project_waits_for_its_last_step(chaired):
    project = make.project(body=chaired[0], stage=ProjectStage.HANDOVER)
    with transaction():
        row = db.session.get(Milestone, project.milestones[0].id)
        row.actual_on, row.evidence = date(2026, 1, 2), "All six work at dusk, seen by five neighbors."
    assert todos(chaired[1]) == [Todo.COMPLETE]
