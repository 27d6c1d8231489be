"""A resident who signs for others connects an app; from then on a mailed code alone proves nothing (rule 8)."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
import time_machine

from app.accounts.authenticator import services
from app.accounts.confirming import services as confirming
from app.accounts.models import Person
from app.accounts.office import services as office
from app.accounts.queries import actor_of
from app.accounts.sign_in import VISIT, totp
from app.accounts.staff import services as staff
from app.accounts.visits.models import Visit
from app.accounts.visits.rules import is_fresh
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from tests import make
from tests.browser import Browser

CONNECT = "/account/authenticator?next=/privacy"


def by_mail(browser, person):
    """Signed in as residents do, with a mailed code and nothing else."""
    browser.sign_in(person)
    with transaction():
        db.session.execute(sa.update(Visit).values(second_factor_at=None))
    return browser


def connected(app, person, browser=None):
    """The app a resident connected a minute ago, and their recovery codes."""
    browser = browser or Browser(app)
    with time_machine.travel(now() - timedelta(minutes=2)):
        page = by_mail(browser, person).open(CONNECT)
        app_of = pyotp.TOTP(page.one("code").replace("-", ""))
        page = page.press("Connect the app", code=app_of.now())
    return app_of, [each.text for each in page.all("code")], page


def factors():
    db.session.rollback()
    return [is_fresh(at, now()) for at in db.session.scalars(sa.select(Visit.second_factor_at))]


def test_a_resident_connects_an_app_keeps_codes_and_goes_on_where_they_came_from(app, mailbox):
    ada = make.person()
    _app, codes, page = connected(app, ada)
    assert len(codes) == 10 and page.follow("I have kept them").path == "/privacy"
    assert "an authenticator app was connected" in mailbox.newest().body
    account = page.browser.open("/account")
    assert "10 recovery codes left" in account.text and "Connect an app" not in account.text
    assert page.browser.open(CONNECT).path == "/account"
    kinds = db.session.scalars(sa.select(AuditEntry.kind)).all()
    assert "SecondFactorEnrolled" in kinds


def test_a_wrong_code_connects_nothing(app, browser):
    page = by_mail(browser, make.person()).open(CONNECT).press("Connect the app", code="000000")
    assert "does not fit" in page.one("p", id="code-error") and factors() == [False]
    assert db.session.scalar(sa.select(Person.tf_totp_secret)) is None


def test_only_whoever_has_just_proved_who_they_are_connects_one(app, browser):
    ada = make.person()
    by_mail(browser, ada)
    with transaction():
        db.session.execute(sa.update(Visit).values(confirmed_at=now() - timedelta(hours=1)))
    page = browser.open(CONNECT)
    assert not page.all("code") and page.follow("Confirm that it is you").one("h1") == "Is it you?"
    secret = totp().generate_totp_secret()
    with pytest.raises(DomainError) as refused:
        services.connect("key", secret, "000000", by=actor_of(ada))
    assert refused.value.code == "not_fresh"


def test_a_mailed_code_is_no_second_factor_and_the_app_is(app, browser, mailbox):
    ada = make.person()
    page = by_mail(browser, ada).open("/sign-in/confirm").press("Mail me a code")
    page.press("Confirm", code=mailbox.code())
    assert factors() == [False]
    app_of, codes, _page = connected(app, ada, browser)
    for code in (app_of.now(), codes[0]):
        page = by_mail(browser, ada).open("/sign-in/confirm?next=/account")
        assert not any(factors())
        assert page.press("Confirm", code=code).path == "/account" and any(factors())


def test_with_an_app_connected_no_code_is_mailed_any_more(app):
    ada = make.person()
    connected(app, ada)
    with pytest.raises(NoStanding):
        confirming.ask(by=actor_of(ada), place=None)


def test_new_recovery_codes_need_the_second_factor_itself(app, browser):
    """Else a mailed code would lead to one."""
    ada = make.person()
    app_of, old, _page = connected(app, ada)
    page = by_mail(browser, ada).open("/sign-in/recovery-codes")
    assert not page.all("button", class_="govuk-button--warning") and "Make new codes" not in page.text
    with pytest.raises(DomainError):
        staff.make_recovery_codes(by=replace(actor_of(ada), confirmed_at=now()))
    page.follow("Confirm that it is you").press("Confirm", code=app_of.now())
    assert len(browser.open("/sign-in/recovery-codes").press("Make new codes").all("code")) == 10


def test_a_clerk_lets_a_resident_who_lost_their_phone_connect_anew(app, browser, mailbox):
    ada, clerk = make.person(), make.actor(Role.CLERK)
    connected(app, ada, browser)
    office.reset_second_factor(ada.id, by=clerk)
    assert "or on your account page" in mailbox.newest().body
    assert browser.open("/account").one("h1") != "Your account"
    assert "Connect an app" in by_mail(browser, ada).open("/account").text


def test_nobody_without_an_app_uses_a_second_factor(app):
    with pytest.raises(NotFound):
        staff.use_second_factor(make.person().id, "000000")


def test_a_sign_in_of_a_resident_needs_the_mail_alone_as_before(app, browser, mailbox):
    ada = make.person()
    connected(app, ada)
    page = browser.open("/sign-in").press("Send me a code", email=ada.email)
    page.press("Go on", code=mailbox.code())
    assert browser.open("/account").one("h1") == "Your account"
    with browser.client.session_transaction() as session:
        assert VISIT in session
    assert factors()[-1] is False
