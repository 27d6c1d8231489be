"""Nothing is paid in parts: what a clerk enters alone on a commitment counts together against the threshold."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine

from app.core.access import Role
from app.core.clock import now, today
from app.core.errors import DomainError
from app.demo.work.papers import one_page
from app.taskforces.seats.rules import Side
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import Ending, Verdict
from app.taskforces.spending import queries
from app.taskforces.spending.expenses import rules, services
from app.taskforces.spending.expenses.rules import WINDOW_DAYS, Alone, together_cents
from app.taskforces.spending.expenses.services import Pay
from tests import make

DAY = date(2026, 3, 1)


def days(number):
    return DAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("on", "entered_on", "counts"),
    [
        (days(0), days(0), True),
        (days(-27), days(-27), True),
        (days(-28), days(-28), False),  # a monthly bill and the one before it
        (days(-60), days(-27), True),  # said to be long ago, entered lately
        (days(-60), days(-28), False),
        (days(27), days(-90), True),  # one paid in between is entered last
    ],
)
def test_payments_count_together_when_they_are_of_near_days_or_were_entered_lately(on, entered_on, counts):
    alone = [Alone(amount_cents=7, on=on, entered_on=entered_on), Alone(amount_cents=5, on=DAY, entered_on=DAY)]
    assert together_cents(alone, on=DAY, today=DAY) == 5 + (7 if counts else 0)


@pytest.fixture
def town(app):
    """A commitment of a task force with two co-chairs, and a clerk who has paid 3,000 of the 5,000 they pay alone."""
    body = make.task_force()
    chairs = [make.fresh(make.co_chair(body, side)) for side in Side]
    promise, clerk = make.commitment(make.project(body=body), 18_000_00), make.actor(Role.CLERK)
    make.paid(promise, 3_000_00, by=clerk)
    return promise, chairs, clerk


def pay(town, cents, **more):
    promise, _chairs, clerk = town
    facts = {"on": now().date(), "purpose": "The second half", "reference": None, "paper": make.paper()} | more
    return services.pay(promise.id, Pay(amount_cents=cents, **facts), key=f"{cents} {more}", by=clerk)


def test_the_second_part_is_refused_at_its_field_with_the_rule_what_is_left_and_what_to_do(town):
    with pytest.raises(DomainError) as refused:
        pay(town, 2_000_01)
    said, where = refused.value.message, (refused.value.code, refused.value.field)
    assert where == ("paid_in_parts", "amount")
    assert "Rule 1" in said and "$2,000 is left of the $5,000" in said and "ask both sides to sign" in said
    with pytest.raises(DomainError):
        pay(town, 2_000_01, on=now().date() - timedelta(days=90))
    assert pay(town, 2_000_00).entry_id


def test_what_both_sides_have_signed_and_what_was_taken_back_do_not_count(town):
    promise, chairs, clerk = town
    waits = pay(town, 4_000_00, with_both=True).agreement_id
    seen = signing.queries.agreement(waits).hash
    word = signing.Sign(verdict=Verdict.APPROVE, statement="", seen=seen)
    assert [signing.sign(waits, word, by=chair) for chair in chairs][-1] is Ending.EXECUTED
    entry_id = pay(town, 2_000_00).entry_id
    services.take_back(entry_id, "Paid for another project.", key="back", by=clerk)
    assert pay(town, 1_999_99).entry_id and queries.balance_of(promise.project_id).spent_cents == 8_999_99


def test_once_the_window_is_over_the_threshold_is_whole_again(town):
    with time_machine.travel(now() + timedelta(days=WINDOW_DAYS)):
        assert pay(town, 5_000_00, on=today()).entry_id


def test_without_the_window_parts_get_through(town, monkeypatch):
    """The twin: what both sides should have signed is paid in two."""
    monkeypatch.setattr(rules, "WINDOW_DAYS", 0)
    assert pay(town, 3_000_00).entry_id and queries.balance_of(town[0].project_id).spent_cents == 6_000_00


def test_a_clerk_is_told_how_much_they_enter_alone_and_asks_both_sides_with_a_tick(town, browser):
    promise, _chairs, clerk = town
    browser.sign_in(make.account(clerk))
    page = browser.open(f"/projects/{promise.project_id}/commitments/{promise.id}/pay")
    assert "up to $2,000 more can be entered without signatures now" in page.text
    answers = {"amount": "2,500", "purpose": "The second half", "document": "Invoice 8"}
    refused = page.press("Continue", **answers, file=(BytesIO(one_page("I")), "i.pdf"))
    assert "count together" in refused.one("p", id="amount-error")
    done = refused.press("Continue", **answers, with_both="y", file=(BytesIO(one_page("I")), "i.pdf"))
    assert "Exactly this is signed" in done.text and "2,500" in done.text
