"""Staff sign in with a password and a second factor; each of them alone opens nothing."""

from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
import time_machine

from app.accounts.codes import services as codes
from app.accounts.codes.rules import Purpose
from app.accounts.models import Person
from app.accounts.sign_in import hashed
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db
from tests import make
from tests.browser import Browser

PASSWORD = "seven lamps on the lane"
HASH = []


@pytest.fixture
def officer(app):
    """An officer with a password and no app yet."""
    HASH or HASH.append(hashed(PASSWORD))
    return make.person(roles=(Role.OFFICER,), password=HASH[0], email="officer@example.org")


def password(browser, email="officer@example.org", typed=PASSWORD):
    return browser.open("/sign-in/password").press("Go on", email=email, password=typed)


def key_on(page):
    return page.one("code").replace("-", "")


def connected(app, person):
    """The app of somebody who connected it a minute ago, and their recovery codes."""
    browser = Browser(app)
    with time_machine.travel(now() - timedelta(minutes=2)):
        page = password(browser, person.email)
        totp = pyotp.TOTP(key_on(page))
        page = page.press("Connect and sign in", code=totp.now())
    return totp, [e.text for e in page.all("code")]


def is_in(browser):
    return browser.open("/account").one("h1") == "Your account"


def test_the_first_sign_in_connects_an_app_and_shows_recovery_codes(browser, officer):
    page = password(browser)
    assert page.one("h1") == "Connect an authenticator app"
    assert not is_in(browser)
    page = password(browser)
    page = page.press("Connect and sign in", code=pyotp.TOTP(key_on(page)).now())
    assert len(page.all("code")) == 10
    assert page.follow("I have kept them").status == 200 and is_in(browser)


def test_the_qr_code_holds_the_key_that_is_typed(browser, officer):
    page = password(browser)
    assert page.all("img", width="220")[0].get("src").startswith("data:image/svg+xml")
    assert len(key_on(page)) == 32


def test_a_password_alone_opens_nothing(app, browser, officer):
    connected(app, officer)
    assert password(browser).one("h1") == "Your second factor"
    assert not is_in(browser)
    assert browser.open("/sign-in/connect-an-app").one("h1") == "Staff sign-in"


def test_a_second_factor_alone_opens_nothing(app, browser, officer):
    assert browser.open("/sign-in/second-factor").one("h1") == "Staff sign-in"


def test_password_and_code_open_the_door(app, browser, officer):
    totp, _codes = connected(app, officer)
    password(browser).press("Sign in", code=totp.now())
    assert is_in(browser)


def test_a_code_of_the_app_works_once(app, officer):
    totp, _codes = connected(app, officer)
    first, second = Browser(app), Browser(app)
    code = totp.now()
    password(first).press("Sign in", code=code)
    assert "does not fit" in password(second).press("Sign in", code=code).text
    assert is_in(first) and not is_in(second)


def test_a_recovery_code_works_once(app, officer):
    _totp, recovery = connected(app, officer)
    first, second = Browser(app), Browser(app)
    password(first).press("Sign in", code=recovery[0].upper())
    assert "does not fit" in password(second).press("Sign in", code=recovery[0]).text
    assert "9 recovery codes left" in first.open("/account").text


def test_new_recovery_codes_void_the_old(app, browser, officer):
    totp, old = connected(app, officer)
    password(browser).press("Sign in", code=totp.now())
    page = browser.open("/sign-in/recovery-codes").press("Make new codes")
    assert len(page.all("code")) == 10
    assert "does not fit" in password(Browser(app)).press("Sign in", code=old[0]).text


def test_neither_secret_nor_recovery_codes_are_readable_in_the_database(app, officer):
    totp, recovery = connected(app, officer)
    row = str(db.session.execute(sa.select(Person.__table__)).one())
    assert totp.secret not in row and not any(code in row or code.replace("-", "") in row for code in recovery)


def test_ten_wrong_codes_and_the_right_one_waits(app, browser, officer):
    totp, _codes = connected(app, officer)
    page = password(browser)
    for _ in range(9):
        page = page.press("Sign in", code="000000")
    assert page.press("Sign in", code=totp.now()).status == 429


def test_ten_wrong_passwords_from_one_place_and_the_right_one_waits_there_alone(browser, officer, monkeypatch):
    monkeypatch.setattr("app.accounts.sign_in.verify_password", lambda password, kept: password == PASSWORD)
    for _ in range(10):
        assert "do not fit" in password(browser, typed="wrong").text
    assert password(browser).status == 429
    browser.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert password(browser).one("h1") == "Connect an authenticator app"


def test_half_a_sign_in_is_worth_something_for_ten_minutes(app, browser, officer):
    totp, _codes = connected(app, officer)
    password(browser)
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert browser.open("/sign-in/second-factor").one("h1") == "Staff sign-in"


def test_a_forgotten_password_is_chosen_anew_and_ends_every_visit(app, browser, mailbox, officer):
    inside = Browser(app).sign_in(officer)
    browser.open("/sign-in/password").follow("I forgot my password").press("Send me a link", email=officer.email)
    link = mailbox.link()
    page = browser.open(link).press(
        "Set the password", password="another lamp on the lane", again="another lamp on the lane"
    )
    assert page.one("h1") == "Staff sign-in" and not is_in(inside)
    assert password(browser, typed="another lamp on the lane").one("h1") == "Connect an authenticator app"
    assert mailbox.newest().subject == "How you sign in to Lamplight has changed"


def test_a_new_password_does_not_pass_by_the_second_factor(app, browser, mailbox, officer):
    connected(app, officer)
    codes.ask(codes.AskForCode(email=officer.email, purpose=Purpose.PASSWORD, locale="en"))
    chosen = {"password": "another lamp on the lane", "again": "another lamp on the lane"}
    mailbox.all()
    link = [m for m in mailbox.all() if "new password for" in m.subject][0].body.split("8000")[1].split()[0]
    browser.open(link).press("Set the password", **chosen)
    assert password(browser, typed=chosen["password"]).one("h1") == "Your second factor"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("short", "at least 12"),
        ("aaaaaaaaaaaaaaaa", "too easy"),
        ("lamplight for everybody", "Leave out"),
        ("officer1 officer2", "Leave out"),
    ],
)
def test_an_easy_password_is_refused_at_its_field_and_the_link_stays_good(browser, mailbox, officer, typed, says):
    browser.open("/sign-in/forgot").press("Send me a link", email=officer.email)
    page = browser.open(mailbox.link()).press("Set the password", password=typed, again=typed)
    assert says in page.one("p", id="password-error")
    good = page.press("Set the password", password="another lane of lamps", again="another lane of lamps")
    assert good.one("h1") == "Staff sign-in"


def test_a_resident_with_no_role_has_no_password_to_forget(browser, mailbox):
    browser.open("/sign-in/forgot").press("Send me a link", email=make.person().email)
    assert "No password for this address" in mailbox.newest().subject


def test_sign_ins_of_staff_are_in_the_audit_log_and_those_of_residents_are_not(app, browser, mailbox, officer):
    totp, _codes = connected(app, officer)
    password(browser).press("Sign in", code=totp.now())
    page = Browser(app).open("/sign-in").press("Send me a code", email=make.person().email)
    page.press("Go on", code=mailbox.code())
    kinds = db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)).all()
    assert kinds == ["SecondFactorEnrolled", "StaffSignedIn"]
