"""Residents sign in with a code or a link by mail; an answer never tells whether an address is known."""

import re

import pytest
import sqlalchemy as sa

from app.accounts.codes.models import MailedCode
from app.core.db import db
from app.core.jobs import run_waiting
from tests import make
from tests.browser import Browser


@pytest.fixture
def outbox(app):
    """The mails sent in this test."""
    app.extensions["mailman"].outbox = []
    return app.extensions["mailman"].outbox


def newest(outbox, pattern):
    run_waiting()
    return re.search(pattern, outbox[-1].body).group(1)


def code_in(outbox):
    return newest(outbox, r"\b(\d{6})\b")


def link_in(outbox):
    return newest(outbox, r"http://127.0.0.1:8000(/sign-in/link/\S+)")


def ask(browser, email):
    return browser.open("/sign-in").press("Send me a code", email=email)


def test_a_resident_signs_in_with_the_code_from_the_mail(browser, outbox):
    page = ask(browser, make.person(email="ada@example.org").email.upper())
    assert page.one("h1") == "Check your mail"
    page.press("Go on", code=code_in(outbox))
    assert "ada@example.org" in browser.open("/account").text


def test_a_resident_signs_in_with_the_link_from_the_mail(browser, outbox):
    ask(browser, make.person().email)
    page = browser.open(link_in(outbox))
    assert browser.open("/account").one("h1") == "Sign in"
    page.press("Sign me in")
    assert browser.open("/account").one("h1") == "Your account"


def test_opening_the_link_uses_nothing_up(browser, outbox):
    ask(browser, make.person().email)
    link = link_in(outbox)
    before = db.session.execute(sa.select(MailedCode.used_at)).all()
    for _ in range(3):
        browser.open(link)
        browser.client.head(link)
    assert db.session.execute(sa.select(MailedCode.used_at)).all() == before == [(None,)]


def test_a_link_works_once(app, outbox):
    first, second = Browser(app), Browser(app)
    ask(first, make.person().email)
    link = link_in(outbox)
    first.open(link).press("Sign me in")
    page = second.open(link).press("Sign me in")
    assert (page.status, page.one("h1")) == (409, "This link no longer works")


def test_a_code_works_once(app, browser, outbox):
    page = ask(browser, make.person().email)
    page.press("Go on", code=code_in(outbox))
    with browser.client.session_transaction() as session:
        session.clear()
    assert page.press("Go on", code=code_in(outbox)).status == 400
