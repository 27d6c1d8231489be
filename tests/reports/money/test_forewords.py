"""A foreword is written by one side and printed once the other agrees to the same words."""

import pytest

from app.accounts.models import Person
from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError, NoStanding
from app.reports.annual.forewords import queries, rules, services
from app.reports.annual.forewords.rules import WhyNot, why_not_agree, why_not_write
from app.reports.annual.forewords.services import WriteForeword
from app.taskforces.seats.rules import Side
from tests import make
from tests.browser import Browser
from tests.reports.money import year
from tests.reports.money.year import HOSTILE, YEAR
from tests.taskforces.meetings import gathering

WORDS = f"Eleven lamps were lit this year, and one bench was not built: we say why. {HOSTILE}"


@pytest.fixture
def here(app):
    """A task force with both co-chairs, on a day of the year after the one told of."""
    with year.afterwards():
        yield gathering.body()


def write(of, text=WORDS, *, by=None):
    return services.write(of.row.neighborhood_id, WriteForeword(year=YEAR, text=text), by=by or of.ada)


def found(of):
    return queries.of_year(of.row.neighborhood_id, YEAR)


def test_it_stands_once_both_sides_agree_to_the_same_words(here):
    foreword_id = write(here)
    assert found(here).standing is None and found(here).newest.text == WORDS
    services.agree(foreword_id, by=here.ben)
    assert set(found(here).standing.agreed) == set(Side)


def test_without_the_rule_one_side_would_speak_for_both(here, monkeypatch):
    """The twin: nothing but the rule keeps the words of one side from being printed."""
    monkeypatch.setattr(queries, "stands", bool)
    write(here)
    assert found(here).standing is not None


def test_other_words_wait_anew_and_the_old_ones_stand_meanwhile(here):
    first = write(here)
    services.agree(first, by=here.ben)
    second = write(here, WORDS.upper(), by=here.ben)
    assert found(here).standing.id == first and found(here).newest.id == second
    with pytest.raises(DomainError, match="other words"):
        services.agree(first, by=here.ada)
    services.agree(second, by=here.ada)
    assert found(here).standing.id == second


def test_nobody_agrees_twice_for_a_side(here):
    with pytest.raises(DomainError, match="already"):
        services.agree(write(here), by=here.ada)


@pytest.mark.parametrize("role", [Role.CLERK, Role.OVERSEER])
def test_only_co_chairs_write_and_agree(here, role):
    with pytest.raises(NoStanding):
        write(here, by=make.actor(role))
    with pytest.raises(NoStanding):
        services.agree(write(here), by=make.actor(role))


def test_words_and_years_have_their_limits():
    today = year.noon(2, 2, YEAR + 1).date()
    assert why_not_write("word " * rules.MOST_WORDS, YEAR, today) is None
    assert why_not_write("word " * (rules.MOST_WORDS + 1), YEAR, today) is WhyNot.TOO_LONG
    assert why_not_write("word", YEAR + 2, today) is why_not_write("word", YEAR - 2, today) is WhyNot.OTHER_YEAR
    assert why_not_agree(Side.COMMUNITY, [Side.INSTITUTION], is_newest=True) is None


def test_what_waits_is_read_by_co_chairs_only_and_what_stands_by_everybody(app, here):
    page = f"/reports/forewords/{here.row.neighborhood.slug}/{YEAR}"
    ada, ben = (Browser(app).sign_in(db.session.get(Person, who.id)) for who in (here.ada, here.ben))
    ada.open(page).press("Put it before the other side", text=WORDS)
    assert "Eleven lamps" not in Browser(app).open(page).text
    ben.open(page).press("Agree to these words")
    shown = Browser(app).open(page)
    assert "Eleven lamps" in shown.text and not shown.all("img", src="x")
