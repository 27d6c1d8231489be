"""Indicators: definitions in versions, values that stay, few cases kept back everywhere, files counted and not kept."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask_babel import force_locale
from sqlalchemy.exc import DBAPIError

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.taskforces.indicators import figures, policies, queries, services, words
from app.taskforces.indicators.models import Indicator, IndicatorCard, Reading
from app.taskforces.indicators.requests import services as requests
from app.taskforces.indicators.requests.models import RequestsFile
from app.taskforces.indicators.rules import Direction, Measure, Measured, Movement, Period, Unit
from tests import make
from tests.browser import Browser
from tests.opendata import files
from tests.taskforces.indicators.watching import BEFORE, HEAD, QUARTER, card, defined, entered, measured, of_file

TABLE = "/open/indicators.csv"
WHY = "A route sheet was counted twice."
ROWS = "".join(
    f"{n},2026-01-{n + 1:02d},2026-01-{n + 4:02d},2026-01-{5 + n % 2 * 20:02d},closed,lamp,{n} Secret Street\n"
    for n in range(1, 9)
)


@pytest.fixture
def place(app):
    """The id of a neighborhood."""
    return make.neighborhood().id


def test_a_correction_stands_beside_what_it_corrects_and_stays_with_its_definition(app, place):
    it, clerk = defined(place), make.actor(Role.CLERK)
    entered(it, measured(80, 100), BEFORE)
    entered(it, measured(83, 100, is_provisional=True))
    services.redefine(it, card(change="The river route is new in it."), key="new", by=clerk)
    entered(it, measured(81, 100), note=WHY)
    row = queries.indicator(it)
    told = [(each.number, each.hundredths, each.stands, each.card.version) for each in row.readings]
    assert told == [(2, 81_00, True, 1), (1, 83_00, False, 1), (1, 80_00, True, 1)]
    assert row.card.version == 2 and (row.moved, row.meets_target) == (Movement.BETTER, False)
    found = [(each["value"], each["revision"], each["stands"]) for each in files.rows(app, TABLE)]
    assert found == [("81", "2", "yes"), ("83", "1", "no"), ("80", "1", "yes")]


def test_no_definition_value_or_file_is_ever_changed_or_deleted(app, place):
    it = defined(place)
    entered(it, measured(80, 100))
    for change in (
        *(sa.delete(model) for model in (Reading, IndicatorCard, Indicator)),
        sa.update(Reading).values(hundredths=99_00),
        sa.update(IndicatorCard).values(target_hundredths=1),
    ):
        with pytest.raises(DBAPIError, match="append-only"), transaction():
            db.session.execute(change)


SECRET = Measured(hundredths=76_543_00, n=4)


def told_of(app, it):
    """Everything that the public is shown of an indicator: pages and file."""
    pages = [Browser(app).open(path).html for path in ("/indicators/", f"/indicators/{it}")]
    return "".join([*pages, files.text(app, TABLE)]).replace(",", "")


def test_a_value_of_few_cases_is_kept_back_everywhere_and_that_is_said(app, place):
    it = defined(place, unit=Unit.COUNT, direction=Direction.NEITHER)
    entered(it, SECRET)
    told = told_of(app, it)
    assert "76543" not in told and "Kept back: too few cases" in told
    assert [(row["value"], row["n"], row["why_empty"]) for row in files.rows(app, TABLE)] == [("", "", "few")]
    assert queries.indicator(it).moved is Movement.FIRST


def test_the_check_notices_a_value_that_is_not_kept_back(app, place, monkeypatch):
    it = defined(place, unit=Unit.COUNT, direction=Direction.NEITHER)
    entered(it, SECRET)
    monkeypatch.setattr(queries, "why_silent", lambda *_: None)
    assert "76543" in told_of(app, it)


def test_nobody_but_a_clerk_defines_enters_or_takes(app, place):
    it = defined(place)
    look = requests.Look(period=QUARTER, content=b"")
    for role in (Role.OFFICER, Role.ADMIN, Role.OVERSEER, Role.OBSERVER):
        other = make.actor(role)
        for act in (
            lambda by: defined(place, by=by),
            lambda by: services.redefine(it, card(change="No reason."), key=f"new-{by.id}", by=by),
            lambda by: entered(it, measured(80, 100), by=by),
            lambda by: requests.look(place, look, by=by),
        ):
            with pytest.raises(NoStanding):
                act(other)


def test_the_check_notices_a_rule_of_standing_that_is_gone(app, place, monkeypatch):
    monkeypatch.setattr(policies, "may_keep", lambda *_: True)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        test_nobody_but_a_clerk_defines_enters_or_takes(app, place)


@pytest.fixture
def taken_from_files(place):
    """A neighborhood with two indicators that are worked out of files, and its clerk."""
    clerk = make.actor(Role.CLERK)
    for number, each in enumerate(
        (
            of_file(Measure.IN_TIME, Unit.PERCENT),
            of_file(Measure.MEDIAN_DAYS, Unit.DAYS, direction=Direction.DOWN),
        )
    ):
        services.define(place, each, key=f"file-{number}", by=clerk)
    return place, clerk


def looked(place, clerk, rows=ROWS):
    return requests.look(place, requests.Look(period=QUARTER, content=(HEAD + rows).encode()), by=clerk)


def test_what_was_looked_at_comes_back_only_to_that_clerk_and_is_taken_once(app, taken_from_files):
    place, clerk = taken_from_files
    token = requests.sealed(looked(place, clerk), clerk)
    assert requests.unsealed(token, place, make.actor(Role.CLERK)) is None
    assert requests.unsealed(token, place + 1, clerk) is requests.unsealed(f"{token}x", place, clerk) is None
    found = requests.unsealed(token, place, clerk)
    assert replace(found, kinds=()) == replace(looked(place, clerk), kinds=())
    requests.take(found, "", key="take", by=clerk)
    with pytest.raises(DomainError, match="stands already"):
        requests.take(found, "", key="again", by=clerk)
    told = [(each.last.hundredths, each.last.n, each.last.file_hash) for each in queries.indicators(place)]
    assert told == [(50_00, 8, found.file_hash), (3_00, 8, found.file_hash)]
    requests.take(looked(place, clerk, ROWS + "9,2026-02-02,2026-03-31,,closed,lamp,x\n"), WHY, key="new", by=clerk)
    assert [len(each.readings) for each in queries.indicators(place)] == [1, 2]


def test_a_clerk_mends_a_file_looks_at_its_figures_and_takes_them(app, taken_from_files, browser):
    place, _clerk = taken_from_files
    slug = queries.indicators(place)[0].slug
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    page = browser.open(f"/indicators/in/{slug}").follow("Take figures from a file of reports")
    days = f"{QUARTER.first_on}/{QUARTER.last_on}"
    bad = (BytesIO((HEAD + ROWS + "9,2026-02-02,,,pending,lamp,9 Secret Street\n").encode()), "r.csv")
    refused = page.press("Count it", period=days, file=bad)
    assert "1 report cannot be read" in refused.text and "Its status is neither open nor closed." in refused.text
    assert refused.one("th", scope="row") == "10"
    seen = refused.press("Count it", period=days, file=(BytesIO((HEAD + ROWS).encode()), "r.csv"))
    assert db.session.query(RequestsFile).count() == db.session.query(Reading).count() == 0
    done = seen.press("Take these figures")
    assert "50%" in done.text and db.session.query(RequestsFile).count() == 1
    kept = "".join(str(each) for each in db.session.execute(sa.text("SELECT body FROM audit_entry")).scalars())
    assert "RequestsTaken" in kept and "Secret" not in refused.html + seen.html + done.html + kept


OLD = Period(first_on=date(2019, 1, 1), last_on=date(2019, 3, 31))


@pytest.fixture
def redefined(place, browser):
    """An indicator with an old value that is now defined in another unit, and the form as a clerk opened it before."""
    it = defined(place, formula="Counted on three routes of the town.")
    entered(it, measured(80, 100), OLD)
    stale = browser.sign_in(make.person(roles=(Role.CLERK,))).open(f"/indicators/{it}/enter")
    services.redefine(it, card(unit=Unit.DAYS, change="Days tell more."), key="new", by=make.actor(Role.CLERK))
    return it, stale


def test_no_value_is_entered_by_a_definition_that_nobody_has_read(redefined):
    it, stale = redefined
    refused = stale.press("Publish the value", period=stale.all("option")[1].get("value"), value="8", n="10")
    assert "The definition has changed" in refused.text and len(queries.indicator(it).readings) == 1


def test_however_old_a_value_is_it_is_corrected_by_its_own_definition_which_the_form_shows(redefined, browser):
    it, _stale = redefined
    asked = browser.open(f"/indicators/{it}").follow("Correct it: Quarter 1 of 2019")
    assert "Counted on three routes" in asked.text
    assert "81%" in asked.press("Publish the value", value="81", n="100", note=WHY).text


def test_a_drawing_holds_no_values_of_another_unit(redefined):
    it, _stale = redefined
    entered(it, Measured(hundredths=3_00, n=9))
    row = queries.indicator(it)
    assert len(row.standing) == 2 and len(figures.drawn(row).table.rows) == 1


def test_values_and_their_cases_are_written_in_the_language_of_the_page(app):
    with app.test_request_context(), force_locale("es"):
        assert words.value(12_345_00, Unit.COUNT) == words.cases(12_345, None, None) == "12.345"
        assert words.cases(12_345, 12_000, 12_345).startswith("12.000 ")


def test_the_lists_cost_three_statements_however_long_they_are(app, place, statements):
    for _each in range(3):
        entered(defined(place), measured(80, 100))
    db.session.rollback()
    statements.clear()
    assert len(queries.indicators(place)) == 3 and len(statements) == 3
