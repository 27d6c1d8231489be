"""The clerk's week: what is due in seven days on its day, what is overdue first, and only of their own places."""

from datetime import timedelta

import pytest

from app.admin.week import queries, words
from app.admin.week.rules import DAYS, Due, DueKind, week_of
from app.core.access import Actor, Grant, Role
from app.core.clock import today
from app.taskforces.oversight import services as oversight
from app.taskforces.oversight.rules import About
from app.taskforces.oversight.services import State
from app.taskforces.seats.rules import SeatKind
from tests import make

TODAY = today()


def clerk_of(where):
    mine = frozenset({Grant(role=Role.CLERK, neighborhood_id=where.id)})
    return Actor(id=make.person().id, name="Clerk", grants=mine)


def due(days, about="Lamps"):
    return Due(kind=DueKind.REPLY, about=about, due_on=TODAY + timedelta(days=days))


def test_a_week_has_what_is_overdue_first_and_nothing_of_the_week_after():
    week = week_of([due(DAYS + 1), due(3), due(-2), due(0), due(-9), due(3, "Benches")], TODAY)
    assert [each.due_on for each in week.overdue] == [TODAY - timedelta(days=9), TODAY - timedelta(days=2)]
    assert [(day, [each.about for each in found]) for day, found in week.days] == [
        (TODAY, ["Lamps"]),
        (TODAY + timedelta(days=3), ["Benches", "Lamps"]),
    ]


def test_each_kind_has_its_words_and_a_page_that_exists(app):
    assert set(words.KINDS) == set(words.PLACES) == set(DueKind)
    assert set(words.PLACES.values()) <= set(app.view_functions)


@pytest.fixture
def ending(app):
    """A term that ends in two days, in a task force of its own neighborhood."""
    body = make.task_force()
    make.seated(body, SeatKind.MEMBER, ends_on=TODAY + timedelta(days=2))
    return body


def terms(actor):
    return [each for _day, found in queries.week(actor).days for each in found if each.kind is DueKind.TERM]


def test_a_clerk_reads_of_their_own_neighborhoods_and_of_no_other(ending):
    assert [each.about for each in terms(clerk_of(ending.neighborhood))] == [ending.name]
    assert terms(clerk_of(make.neighborhood())) == []


def test_each_thing_leads_to_its_page(ending, browser):
    command = State(title="Delivery notes", text="x" * 50, recommendation="y" * 50, address="")
    about = About(project_id=None, task_force_id=ending.id)
    oversight.state(ending.neighborhood_id, about, command, by=make.actor(Role.OVERSEER))
    page = browser.sign_in(make.person(roles=[Role.CLERK])).open("/office/week")
    links = [a for a in page.all("a", class_="govuk-link") if "task-forces" in (a.get("href") or "")]
    assert links and all(browser.open(link.get("href")).status == 200 for link in links)
