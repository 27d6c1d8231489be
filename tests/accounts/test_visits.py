"""A visit begins anew at each sign-in, ends where it should, and a stolen cookie ends with it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Person
from app.accounts.visits import services as visits
from app.accounts.visits.models import Visit
from app.accounts.visits.queries import visit_of
from app.core.clock import now
from app.core.db import db, transaction
from tests import make
from tests.browser import Browser


def is_in(browser):
    return browser.open("/account").one("h1") == "Your account"


def change(table, **values):
    with transaction():
        db.session.execute(sa.update(table).values(**values))


def copy_of(app, browser):
    thief = Browser(app)
    with browser.client.session_transaction() as session, thief.client.session_transaction() as stolen:
        stolen.update(session)
    return thief


def test_signing_out_kills_a_copied_cookie_too(app, browser):
    browser.sign_in(make.person())
    thief = copy_of(app, browser)
    assert is_in(thief)
    browser.open("/account").press("Sign out")
    assert not is_in(thief) and not is_in(browser)


def test_signing_out_everywhere_ends_every_visit(app, browser):
    person = make.person()
    other = Browser(app).sign_in(person)
    browser.sign_in(person).open("/account").press("Sign out on every device")
    assert not is_in(other) and not is_in(browser)


def test_signing_out_is_a_post(browser):
    browser.sign_in(make.person())
    assert browser.open("/sign-out").status == 405
    assert is_in(browser)


def test_a_session_set_before_the_sign_in_is_worth_nothing_after(app, browser, mailbox):
    with browser.client.session_transaction() as session:
        session["planted"] = "by a stranger"
    page = browser.open("/sign-in").press("Send me a code", email=make.person().email)
    before = browser.client.get_cookie("lamplight").value
    page.press("Go on", code=mailbox.code())
    with browser.client.session_transaction() as session:
        assert "planted" not in session and "asked" not in session
    assert browser.client.get_cookie("lamplight").value != before


@pytest.mark.parametrize(("staff", "idle"), [(False, timedelta(hours=24)), (True, timedelta(hours=1))])
@pytest.mark.parametrize(("late", "opens"), [(timedelta(seconds=-30), True), (timedelta(seconds=1), False)])
def test_a_visit_ends_when_nobody_looks(browser, staff, idle, late, opens):
    browser.sign_in(make.person(is_staff=staff))
    change(Visit, seen_at=now() - idle - late)
    assert is_in(browser) is opens


@pytest.mark.parametrize(("staff", "whole"), [(False, timedelta(days=7)), (True, timedelta(hours=8))])
def test_a_visit_ends_in_any_case(app, staff, whole):
    key = visits.begin(make.person(is_staff=staff))
    row = db.session.scalars(sa.select(Visit)).one()
    assert row.ends_at - row.begun_at == pytest.approx(whole, abs=timedelta(seconds=1))
    change(Visit, ends_at=now() - timedelta(seconds=1))
    assert visit_of(key, row.person.fs_uniquifier) is None


def test_a_closed_account_is_out_at_the_next_page(browser):
    browser.sign_in(make.person())
    change(Person, active=False)
    assert not is_in(browser)


def test_a_key_opens_nobody_elses_account(browser):
    mine, theirs = make.person(), make.person()
    browser.sign_in(mine)
    with browser.client.session_transaction() as session:
        session["_user_id"] = theirs.get_id()
    assert not is_in(browser)


def test_a_visit_is_noted_every_five_minutes_and_not_oftener(browser, statements):
    browser.sign_in(make.person())
    browser.open("/account")
    assert not [s for s in statements if s.startswith("UPDATE visit")]
    change(Visit, seen_at=now() - timedelta(minutes=6))
    statements.clear()
    browser.open("/account"), browser.open("/account")
    assert len([s for s in statements if s.startswith("UPDATE visit")]) == 1


def test_only_the_hash_of_a_key_is_kept(app):
    key = visits.begin(make.person())
    assert key not in str(db.session.execute(sa.select(Visit.__table__)).one())


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_away_to_another_site(browser, mailbox, wanted):
    page = browser.open(f"/sign-in?next={wanted}").press("Send me a code", email=make.person().email)
    page.press("Go on", code=mailbox.code())
    with browser.client.session_transaction() as session:
        assert "next" not in session


def test_somebody_sent_to_sign_in_comes_back_to_where_they_were_going(browser, mailbox):
    page = browser.open("/account/details")
    assert page.one("h1") == "Sign in"
    page = page.press("Send me a code", email=make.person().email)
    assert page.press("Go on", code=mailbox.code()).path == "/account/details"


def test_the_page_is_then_in_the_persons_language(browser, mailbox):
    page = browser.open("/sign-in").press("Send me a code", email=make.person(locale="es").email)
    page = page.press("Go on", code=mailbox.code())
    assert page.all("html")[0].get("lang") == "es"
