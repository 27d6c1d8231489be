"""Joining: an account begins when its address is confirmed, and a clerk decides where its owner lives."""

import sqlalchemy as sa

from app.accounts.events import PersonJoined
from app.accounts.models import Person, Residence
from app.audit.models import AuditEntry
from app.core.db import db
from tests import make
from tests.browser import Browser


def fill_in(browser, **more):
    answers = {"public_name": "Ada L.", "email": "Ada@Example.org", "address": "1 Mill Lane", "born_on": "1990-05-01"}
    return browser.open("/join").press("Send me a code", **answers | more)


def people():
    return db.session.scalars(sa.select(Person)).all()


def test_a_resident_joins_and_waits_for_a_clerk(browser, mailbox):
    where = make.neighborhood(name="Riverside")
    page = fill_in(browser, neighborhood_id=str(where.id))
    page.press("Go on", code=mailbox.code())
    page = browser.open("/account")
    assert "ada@example.org" in page.text and "1 Mill Lane, Riverside" in page.text and "Waiting" in page.text


def test_the_link_of_the_mail_joins_as_well(app, browser, mailbox):
    make.neighborhood()
    fill_in(browser)
    elsewhere = Browser(app)
    elsewhere.open(mailbox.link()).press("Sign me in")
    assert elsewhere.open("/account").one("h1") == "Your account"


def test_nobody_is_made_before_the_address_is_confirmed(browser, mailbox):
    make.neighborhood()
    fill_in(browser)
    mailbox.all()
    assert people() == []


def test_an_account_that_exists_is_not_changed_by_joining_again(browser, mailbox):
    make.neighborhood()
    known = make.person(email="ada@example.org", public_name="The first Ada")
    fill_in(browser).press("Go on", code=mailbox.code())
    db.session.rollback()
    assert (people(), known.public_name, known.residence) == ([known], "The first Ada", None)
    assert "The first Ada" in browser.open("/account").text


def test_what_was_typed_is_gone_once_it_is_used(browser, mailbox):
    make.neighborhood()
    fill_in(browser).press("Go on", code=mailbox.code())
    assert db.session.execute(sa.text("SELECT facts FROM mailed_code")).scalars().all() in (["{}"], [{}])


def test_joining_is_in_the_audit_log_without_name_or_address(browser, mailbox):
    make.neighborhood()
    fill_in(browser).press("Go on", code=mailbox.code())
    entries = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.sequence)).all()
    assert [e.kind for e in entries] == [PersonJoined.__name__, "ResidenceRegistered"]
    assert not any(word in e.body for e in entries for word in ("Ada", "ada@", "Mill"))


def test_wrong_answers_are_kept_and_explained_at_their_fields(browser):
    make.neighborhood()
    page = fill_in(browser, public_name="", email="nobody", born_on="2999-01-01")
    assert (
        page.one("p", id="public_name-error") and page.one("p", id="email-error") and page.one("p", id="born_on-error")
    )
    kept = {name: page.all("input", id=name)[0].get("value") for name in ("email", "address", "born_on")}
    assert kept == {"email": "nobody", "address": "1 Mill Lane", "born_on": "2999-01-01"}


def test_a_neighborhood_that_is_not_offered_is_refused(browser):
    make.neighborhood()
    page = fill_in(browser, neighborhood_id="424242")
    assert page.one("h1") == "Join your neighborhood" and page.one("p", id="neighborhood_id-error")


def test_moving_takes_the_vote_until_a_clerk_has_looked(browser):
    where = make.neighborhood()
    person = make.person(resident_of=where)
    page = browser.sign_in(person).open("/account/residence")
    assert "Your address is verified" in page.text
    page = page.press("Save", address="2 New Street")
    assert "Waiting" in page.text and "2 New Street" in page.text
    row = db.session.scalars(sa.select(Residence)).one()
    assert (row.stage, row.decided_by_id, row.decision_note) == ("registered", None, None)


def test_somebody_changes_how_they_are_called(browser):
    page = browser.sign_in(make.person(public_name="Old")).open("/account").follow("Change name")
    page = page.press("Save", public_name="New", locale="es")
    assert "New" in page.text and page.all("html")[0].get("lang") == "es"


def test_the_account_page_needs_a_sign_in(browser):
    for path in ("/account", "/account/details", "/account/residence", "/sign-in/recovery-codes"):
        assert browser.open(path).one("h1") == "Sign in"
