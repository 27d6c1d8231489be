"""In the demo, and only there, a button signs you in as somebody invented."""

import pytest

from tests import make
from tests.browser import Browser


@pytest.fixture
def demo(app, monkeypatch):
    """The app as a demo."""
    monkeypatch.setitem(app.config, "DEMO", True)


def invented(**more):
    facts = {"email": f"{more['public_name'].lower()}@demo.lamplight.example", "demo_label": "Resident, has not voted"}
    return make.person(**facts | more)


def test_the_demo_lists_its_people_and_lets_you_be_one(browser, demo):
    invented(public_name="Rosa")
    page = browser.open("/sign-in")
    assert "Resident, has not voted" in page.text
    page.press("Rosa")
    assert "rosa@demo.lamplight.example" in browser.open("/account").text


def test_outside_the_demo_nobody_is_listed_and_nobody_let_in(app, browser, monkeypatch):
    rosa = invented(public_name="Rosa")
    assert "Rosa" not in browser.open("/sign-in").text
    assert post(app, f"/sign-in/demo/{rosa.id}") == 404


def test_real_people_are_not_let_in_by_the_demo(app, demo):
    for real in (make.person(), make.person(demo_label="Clerk"), invented(public_name="Rosa", demo_label=None)):
        assert post(app, f"/sign-in/demo/{real.id}") == 404


def test_the_demo_says_where_the_mail_lies(app, browser, demo, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_BACKEND", "file")
    monkeypatch.setitem(app.config, "MAIL_FILE_PATH", "/somewhere/mail")
    page = browser.open("/sign-in").press("Send me a code", email="ada@example.org")
    assert page.one("code") == "/somewhere/mail"


def post(app, path):
    browser = Browser(app)
    page = browser.open("/sign-in")
    token = page.all("input", name="csrf_token")[0].get("value")
    return browser.post(path, {"csrf_token": token}).status
