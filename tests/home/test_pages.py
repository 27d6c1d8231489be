"""The pages people expect: they open for everybody and say what is on."""

import pytest
from babel.dates import format_date

from app.accounts.models import Person
from app.core.access import Role
from app.core.db import db, transaction
from app.core.moments import day
from app.cycles.rules import Stage
from app.home.rules import is_own_path
from app.places.models import Neighborhood
from app.voting.results import queries as counts
from tests import make
from tests.browser import Browser
from tests.voting.results import board

PAGES = ["/", "/about", "/accessibility", "/privacy", "/status", "/how-votes-become-funding"]


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_opens_it(browser, path):
    page = browser.open(path)
    assert page.status == 200 and len(page.all("h1")) == 1


def test_an_empty_site_says_so_kindly(browser):
    text = browser.open("/").text
    assert "Nothing to decide today" in text and "No vote has been counted yet" in text


@pytest.mark.parametrize(
    ("stage", "act"),
    [
        (Stage.COLLECTING, "Propose a project"),
        (Stage.REVIEWING, "Read the proposals"),
        (Stage.COUNTING, "See the result"),
    ],
)
def test_the_front_page_offers_the_one_thing_to_do_now(browser, stage, act):
    make.cycle(stage=stage)
    assert act in browser.open("/").text


def test_somebody_who_has_voted_is_offered_to_change_it(app):
    vote, (voter,) = make.open_vote(voters=1)
    person = db.session.get(Person, voter.id)
    assert "Vote now" in Browser(app).sign_in(person).open("/").text
    make.cast(vote, voter, [1])
    assert "Change your vote" in Browser(app).sign_in(person).open("/").text


def test_a_draft_is_told_to_nobody(app):
    make.cycle(stage=Stage.DRAFT, name="Secret plans")
    assert "Secret plans" not in Browser(app).sign_in(make.person(roles=(Role.CLERK,))).open("/").text


def test_a_certified_result_stands_on_the_front_page(app):
    cycle = board.certified().vote.cycle
    page = Browser(app).open("/")
    assert page.follow(cycle.name).one("h1") == f"Result: {cycle.name}"


def certified_elsewhere() -> str:
    """The day in UTC on which a result was certified where it was another day."""
    vote = board.certified().vote
    at = counts.certified(vote.cycle_id).certified_at
    with transaction():
        place = db.session.get_one(Neighborhood, vote.cycle.neighborhood_id)
        place.time_zone = "Pacific/Kiritimati" if at.hour >= 10 else "Etc/GMT+12"
    return format_date(at, "long", locale="en")


@pytest.mark.parametrize("path", ["/", "/results"])
def test_a_result_was_certified_on_the_day_of_the_place_that_voted(app, monkeypatch, path):
    in_utc = certified_elsewhere()
    assert f"Certified{in_utc}" not in Browser(app).open(path).text
    monkeypatch.setitem(app.jinja_env.filters, "local_day", lambda at, _zone: day(at.date()))  # the twin
    assert f"Certified{in_utc}" in Browser(app).open(path).text


def test_the_database_is_checked_for_machines(browser):
    assert '"database":"ok"' in browser.open("/healthz").html


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", ""])
def test_a_form_sends_nobody_to_another_site(path):
    assert not is_own_path(path)


def test_the_style_guide_is_for_the_demo_only(app, browser, monkeypatch):
    assert browser.open("/styleguide").status == 404
    monkeypatch.setitem(app.config, "DEMO", True)
    assert browser.open("/styleguide").status == 200
