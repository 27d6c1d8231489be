"""What a page answers, and what it does for the answer, is the same for an address we know and one we do not."""

import re

import pytest

from app.accounts.codes import services as codes
from app.accounts.queries import person_with_email
from app.accounts.visits.queries import open_visits
from tests import make
from tests.browser import Browser


def ask(app, email):
    return Browser(app).open("/sign-in").press("Send me a code", email=email)


def forgot(app, email):
    return Browser(app).open("/sign-in/forgot").press("Send me a link", email=email)


def wrong_password(app, email):
    return Browser(app).open("/sign-in/password").press("Go on", email=email, password="not the password")


def join(app, email):
    answers = {"public_name": "Ada", "email": email, "address": "1 Mill Lane"}
    return Browser(app).open("/join").press("Send me a code", **answers)


def seen(page, email):
    """The page without what differs on every page: tokens, and the address itself."""
    return page.status, re.sub(r'value="[^"]{16,}"', "", page.html.replace(email, "")), page.path


@pytest.mark.parametrize("act", [ask, forgot, wrong_password, join])
def test_the_answer_is_the_same_to_the_byte(app, act):
    make.neighborhood()
    for known in (make.person(email="known1@example.org"), make.person(email="known2@example.org", is_staff=True)):
        answer = seen(act(app, known.email), known.email)
        assert seen(act(app, "stranger@example.org"), "stranger@example.org") == answer


@pytest.mark.parametrize("act", [ask, forgot, join])
def test_the_work_is_the_same_to_the_statement(app, act, statements):
    make.neighborhood()
    make.person(email="known1@example.org")
    counts = []
    for email in ("warm@example.org", "known1@example.org", "stranger@example.org"):
        statements.clear()
        act(app, email)
        counts.append(list(statements))
    assert counts[1] == counts[2]


def test_a_wrong_password_is_checked_even_where_there_is_none(app, monkeypatch):
    checked = []
    monkeypatch.setattr("app.accounts.sign_in.verify_password", lambda password, kept: checked.append(kept))
    for email in ("stranger@example.org", make.person().email, make.person(is_staff=True).email):
        wrong_password(app, email)
    assert len(checked) == 3 and all(checked)


def test_the_code_page_refuses_a_stranger_in_the_same_words(app, mailbox):
    known, stranger = make.person().email, "stranger@example.org"
    answers = {email: ask(app, email).press("Go on", code="000000") for email in (known, stranger)}
    assert seen(answers[known], known) == seen(answers[stranger], stranger)


def test_a_stranger_learns_from_the_mail_that_there_is_no_account(app, mailbox):
    ask(app, "stranger@example.org")
    assert "No account here" in mailbox.newest().subject
    assert "stranger@example.org" in mailbox.newest().to


def test_the_check_of_the_work_notices_a_look_at_the_address(app, statements, monkeypatch):
    """The twin: a page that looks the address up, and does more for one it knows, is seen."""
    request_code, known = codes.request_code, make.person(email="known1@example.org").email

    def looks_first(command):
        person = person_with_email(command.email)
        return request_code(command) if person is None else (open_visits(person.id), request_code(command))[1]

    monkeypatch.setattr(codes, "request_code", looks_first)
    counts = []
    for email in ("warm@example.org", known, "stranger@example.org"):
        statements.clear()
        ask(app, email)
        counts.append(list(statements))
    assert counts[1] != counts[2]
