"""Residents sign in with a code or a link by mail; an answer never tells whether an address is known."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.codes import services as codes
from app.accounts.codes.models import MailedCode
from app.accounts.codes.rules import Purpose
from app.core.clock import now
from app.core.db import db, transaction
from tests import make
from tests.browser import Browser


def ask(browser, email):
    return browser.open("/sign-in").press("Send me a code", email=email)


def expire(moment):
    with transaction():
        db.session.execute(sa.update(MailedCode).values(expires_at=moment))


def test_a_resident_signs_in_with_the_code_from_the_mail(browser, mailbox):
    page = ask(browser, make.person(email="ada@example.org").email.upper())
    assert page.one("h1") == "Check your mail"
    page.press("Go on", code=mailbox.code())
    assert "ada@example.org" in browser.open("/account").text


def test_spaces_between_the_digits_do_no_harm(browser, mailbox):
    page = ask(browser, make.person().email)
    digits = mailbox.code()
    page.press("Go on", code=f" {digits[:3]} {digits[3:]}")
    assert browser.open("/account").one("h1") == "Your account"


def test_a_resident_signs_in_with_the_link_from_the_mail(browser, mailbox):
    ask(browser, make.person().email)
    page = browser.open(mailbox.link())
    assert browser.open("/account").one("h1") == "Sign in"
    page.press("Sign me in")
    assert browser.open("/account").one("h1") == "Your account"


def test_opening_the_link_uses_nothing_up(browser, mailbox):
    ask(browser, make.person().email)
    link = mailbox.link()
    for _ in range(3):
        browser.open(link)
        browser.client.head(link)
    assert db.session.scalars(sa.select(MailedCode.used_at)).all() == [None]


def test_a_link_works_once(app, mailbox):
    first, second = Browser(app), Browser(app)
    ask(first, make.person().email)
    link = mailbox.link()
    first.open(link).press("Sign me in")
    page = second.open(link).press("Sign me in")
    assert (page.status, page.one("h1")) == (409, "This link no longer works")


def test_a_code_works_once(browser, mailbox):
    page = ask(browser, make.person().email)
    digits = mailbox.code()
    with browser.client.session_transaction() as session:
        kept = dict(session)
    page.press("Go on", code=digits)
    with browser.client.session_transaction() as session:
        session.clear()
        session.update(kept)
    assert "does not fit" in browser.open("/sign-in/code").press("Go on", code=digits).text


def test_code_and_link_of_one_mail_work_once_together(app, mailbox):
    first, second = Browser(app), Browser(app)
    page = ask(first, make.person().email)
    digits, link = mailbox.code(), mailbox.link()
    second.open(link).press("Sign me in")
    assert "does not fit" in page.press("Go on", code=digits).text


@pytest.mark.parametrize(("seconds", "opens"), [(2, True), (-1, False)])
def test_a_code_lives_until_its_minute(browser, mailbox, seconds, opens):
    page = ask(browser, make.person().email)
    digits = mailbox.code()
    expire(now() + timedelta(seconds=seconds))
    page.press("Go on", code=digits)
    assert (browser.open("/account").one("h1") == "Your account") is opens


def test_a_code_lives_ten_minutes_at_the_most(browser, mailbox):
    ask(browser, make.person().email)
    mailbox.all()
    ends = db.session.scalars(sa.select(MailedCode.expires_at)).one()
    assert timedelta(minutes=9) < ends - now() <= timedelta(minutes=10)


def test_a_code_stands_ten_guesses_and_then_none(browser, mailbox):
    page = ask(browser, make.person().email)
    digits = mailbox.code()
    wrong = f"{(int(digits) + 1) % 10**6:06d}"
    for _ in range(10):
        page = page.press("Go on", code=wrong)
        assert "does not fit" in page.text
    assert page.press("Go on", code=digits).status == 429


def test_after_the_guesses_of_a_stranger_the_link_still_lets_its_owner_in(app, mailbox):
    stranger, owner = Browser(app), Browser(app)
    page = ask(stranger, make.person().email)
    link = mailbox.link()
    for _ in range(11):
        stranger.post("/sign-in/code", page._filled(*page._form_with("Go on"), {"code": "1"}))
    owner.open(link).press("Sign me in")
    assert owner.open("/account").one("h1") == "Your account"


def test_the_digits_belong_to_the_request_they_were_sent_for(app, mailbox):
    first, second = Browser(app), Browser(app)
    email = make.person().email
    ask(first, email)
    digits = mailbox.code()
    assert "does not fit" in ask(second, email).press("Go on", code=digits).text


def test_an_address_gets_five_mails_an_hour(browser):
    for _ in range(5):
        assert ask(browser, "somebody@example.org").status == 200
    assert ask(browser, "somebody@example.org").status == 429


def test_a_link_for_a_password_signs_nobody_in(browser, mailbox):
    clerk = make.person(is_staff=True)
    codes.ask(codes.AskForCode(email=clerk.email, purpose=Purpose.PASSWORD, locale="en"))
    token = mailbox.link().rpartition("/")[2]
    page = browser.open(f"/sign-in/link/{token}").press("Sign me in")
    assert page.status == 409


def test_staff_get_no_code_by_mail(browser, mailbox):
    ask(browser, make.person(is_staff=True).email)
    assert "Staff sign in with a password" in mailbox.newest().subject
    assert db.session.scalars(sa.select(MailedCode.link_hash)).all() == [None]


def test_a_wrong_address_is_kept_and_explained_at_its_field(browser):
    page = ask(browser, "ada@@example")
    field = page.all("input", id="email")[0]
    assert field.get("value") == "ada@@example" and field.get("aria-invalid") == "true"
    assert "like name@example.org" in page.one("p", id="email-error")


def test_neither_digits_nor_link_are_in_the_database(browser, mailbox):
    ask(browser, make.person().email)
    digits, token = mailbox.code(), mailbox.link().rpartition("/")[2]
    row = db.session.execute(sa.select(MailedCode.__table__)).one()
    assert digits not in {row.code_hash, row.link_hash} and token not in str(row)
