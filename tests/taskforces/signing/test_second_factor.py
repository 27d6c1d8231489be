"""Whoever signs for a side gives their second factor; without one they are shown the way to it (rule 8)."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from app.core.clock import now
from app.core.errors import DomainError
from app.taskforces.signing import rules, services
from tests import make
from tests.accounts.authenticator.test_authenticator_pages import by_mail
from tests.taskforces.signing.words import proposed, word


def code_of(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def test_a_fresh_sign_in_by_mail_is_not_enough(table):
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)
    for at in (None, now() - timedelta(minutes=10)):
        assert code_of(lambda at=at: services.sign(waits, word(waits), by=replace(ada, second_factor_at=at))) == (
            "no_second_factor"
        )


def test_the_check_notices_a_rule_that_a_mailed_code_satisfies(table, monkeypatch):
    """The twin: with the old rule, who has just signed in by mail signs for their side."""
    body, (ada, _bo), _done = table
    waits = proposed(body, ada)
    monkeypatch.setattr(services, "why_not_sign", lambda *a, **k: rules.why_not_sign(*a, **k | {"is_fresh": True}))
    assert services.sign(waits, word(waits), by=replace(ada, second_factor_at=None)) is None


def test_a_co_chair_without_an_app_connects_one_and_signs(table, browser):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    services.sign(waits, word(waits), by=ada)
    page = by_mail(browser, make.account(bo)).open(f"/agreements/{waits}")
    page = page.follow("Connect an app")
    code = pyotp.TOTP(page.one("code").replace("-", "")).now()
    page = page.press("Connect the app", code=code).follow("I have kept them")
    assert page.path == f"/agreements/{waits}"
    assert "Signed by both sides" in page.press("Sign", verdict="approve").text
