"""The exact spot of a private address is in one table and on the pages of officers, and nowhere else."""

import dataclasses
import re

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db
from app.proposals.spots import queries, services
from app.proposals.spots.models import ExactSpot
from app.proposals.spots.rules import Spot, Where
from app.proposals.spots.services import SayWhere
from tests import make
from tests.browser import Browser
from tests.proposals.spots.town import proposal

CANARY = Spot(longitude=10.00437, latitude=50.00612)
ELSEWHERE = Spot(longitude=10.00791, latitude=50.00283)
FORMS = ("00437", "00612")
"""The last digits: they stand in every way to write the spot, as degrees, GeoJSON or text."""


@pytest.fixture
def hidden(app):
    row = proposal()
    say(row, CANARY)
    return row


def say(row, at, where=Where.AREA):
    services.say(row.id, SayWhere(where=where, place="A home near the mill", at=at), by=actor_of(row.author))


def addresses(row):
    cycle = row.cycle
    return [
        f"/proposals/{row.id}",
        f"/proposals/?cycle_id={cycle.id}",
        f"/proposals/?cycle_id={cycle.id}&view=map",
        f"/proposals/?cycle_id={cycle.id}&q=mill&view=map",
        f"/proposals/in/{cycle.neighborhood.slug}/areas/{row.area_id}",
        f"/neighborhoods/{cycle.neighborhood.slug}",
        f"/neighborhoods/{cycle.neighborhood.slug}/areas.geojson",
        f"/proposals/{row.id}/place",
        "/proposals/mine",
    ]


def seen_by(app, row, *people):
    """Every page about it, as these people read it (None: a visitor)."""
    for person in people:
        browser = Browser(app) if person is None else Browser(app).sign_in(person)
        for address in addresses(row):
            # Hashes of files and tokens of forms may hold any digits.
            yield address, re.sub(r'\?v=\w+|value="[\w.-]{20,}"', "", browser.open(address).html)


def on_pages(app, row, *people):
    return [address for address, html in seen_by(app, row, *people) if any(digits in html for digits in FORMS)]


def in_tables():
    found = []
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(sa.select(table)).all()
        found += [table.name for row in rows if any(digits in repr(tuple(row)) for digits in FORMS)]
    return found


def outsiders(row):
    neighbor, staff = make.person(resident_of=row.cycle.neighborhood), make.person(roles=(Role.CLERK, Role.ADMIN))
    return None, row.author, neighbor, staff


def test_no_page_of_anybody_but_officers_shows_the_spot(app, hidden):
    assert on_pages(app, hidden, *outsiders(hidden)) == []
    assert on_pages(app, hidden, make.person(roles=(Role.OFFICER,))) == [f"/proposals/{hidden.id}"]


def test_the_check_of_pages_notices_a_policy_that_lets_everybody(app, hidden, monkeypatch):
    monkeypatch.setattr(queries, "may_see_exact", lambda *_: True)
    assert f"/proposals/{hidden.id}" in on_pages(app, hidden, None)


def test_the_spot_is_in_one_table_and_in_neither_log_nor_index(app, hidden):
    assert in_tables() == [ExactSpot.__tablename__]


def test_the_check_of_tables_notices_an_event_that_tells_the_spot(app, monkeypatch):
    told = services.PlaceSaid
    monkeypatch.setattr(services, "PlaceSaid", lambda **facts: dataclasses.replace(told(**facts), where=str(CANARY)))
    say(proposal(), CANARY)
    assert set(in_tables()) == {ExactSpot.__tablename__, "audit_entry"}


def test_a_spot_that_was_public_is_nowhere_once_it_is_private(app):
    row = proposal()
    say(row, CANARY, Where.POINT)
    assert "proposal_spot" in in_tables() and f"/proposals/{row.id}" in on_pages(app, row, None)
    say(row, CANARY)
    assert in_tables() == [ExactSpot.__tablename__] and on_pages(app, row, None) == []


def drawn(app, row):
    """The drawings that a visitor sees: marks have no digits to look for, only places."""
    return [re.findall(r"<(?:svg|path|circle)[^>]*>", html) for _address, html in seen_by(app, row, None)]


def test_two_private_spots_in_one_area_are_drawn_alike(app, hidden):
    before = drawn(app, hidden)
    say(hidden, ELSEWHERE)
    assert drawn(app, hidden) == before and any(before)


def test_the_check_of_drawings_notices_spots_that_are_not_blurred(app, hidden, monkeypatch):
    monkeypatch.setattr(queries, "may_see_exact", lambda *_: True)
    before = drawn(app, hidden)
    say(hidden, ELSEWHERE)
    assert drawn(app, hidden) != before


def beside(app, row):
    """What stands beside the proposal for a visitor."""
    return Browser(app).open(f"/proposals/{row.id}").one("aside")


def test_a_private_address_reads_like_one_said_in_words(app, hidden):
    """Whoever reads along does not even learn that there is more to know."""
    private = beside(app, hidden)
    words = SayWhere(where=Where.WORDS, place="A home near the mill", area_id=hidden.area_id)
    services.say(hidden.id, words, by=actor_of(hidden.author))
    assert beside(app, hidden) == private
