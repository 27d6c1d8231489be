"""How the site is doing, which language it speaks, and what it says to too much at once."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db, transaction
from app.core.jobs import enqueue
from app.cycles import services as cycles
from app.cycles.rules import Stage
from app.home import queries
from tests import make


def fail(*_args, **_more):
    raise OperationalError("SELECT 1", {}, Exception("gone"))


@pytest.fixture(autouse=True)
def afresh():
    """No answer about the audit chain from the test before."""
    queries._chain_break.cache_clear()


def test_a_database_that_is_gone_is_told_to_machines_and_people(app, browser, monkeypatch):
    monkeypatch.setattr(db.session, "execute", fail)
    answer = browser.client.get("/healthz")
    assert (answer.status_code, answer.json["database"]) == (503, "unreachable")
    page = browser.open("/status")
    assert page.status == 503 and "Nothing that was stored is lost." in page.text


def test_the_status_page_says_that_all_is_well(browser):
    text = browser.open("/status").text
    assert "Whole: every entry fits the one before" in text and "0.1.0" in text


def test_a_break_in_the_audit_chain_is_public(app, browser, monkeypatch):
    cycles.advance(make.cycle(stage=Stage.DRAFT).id, Stage.COLLECTING, by=make.actor(Role.CLERK))
    first = db.session.scalars(sa.select(AuditEntry)).one()
    monkeypatch.setattr("app.audit.queries.link", lambda *_: "another hash")
    assert f"Broken at entry {first.sequence}" in browser.open("/status").text


def test_work_that_waits_too_long_is_public(app, browser, monkeypatch):
    with transaction():
        enqueue("a.job")
    assert "On time" in browser.open("/status").text
    monkeypatch.setattr(queries, "LATE", -queries.LATE)
    assert "Late" in browser.open("/status").text


def test_a_language_is_picked_for_the_visit_and_leads_back_to_the_page(browser):
    page = browser.open("/about")
    there = page.press("Español")
    assert there.path.startswith("/about")
    assert '<html lang="es"' in there.html


def test_a_language_nobody_speaks_changes_nothing(browser):
    page = browser.open("/")
    browser.post("/language", {"language": "tlh", "csrf_token": token_of(page)})
    assert '<html lang="en"' in browser.open("/").html


def test_a_language_is_not_picked_from_elsewhere(browser):
    assert browser.post("/language", {"language": "es"}).status == 400


def test_a_language_form_sends_nobody_away(browser):
    page = browser.open("/")
    answer = browser.client.post(
        "/language", data={"language": "es", "next": "//evil.example", "csrf_token": token_of(page)}
    )
    assert (answer.status_code, answer.location) == (303, "/")


def test_too_much_at_once_is_refused_with_a_page(browser):
    answer = browser.client.post("/language", data={"language": "x" * 1_100_000})
    assert answer.status_code == 413 and b"<h1" in answer.data


def test_the_front_page_costs_few_statements_however_much_is_on(browser, statements):
    for _each in range(3):
        make.cycle(stage=Stage.COLLECTING)
    statements.clear()
    browser.open("/")
    assert len(statements) <= 8


def token_of(page):
    """The token in the page's language form."""
    return page.all("input", name="csrf_token")[0].get("value")
