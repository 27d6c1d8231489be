"""What a task force promises for a quarter: who writes it, until when, and that nobody forgets it (domain rule 25)."""

from datetime import timedelta

import pytest

from app.core.clock import today
from app.core.errors import DomainError, NoStanding
from app.reports.progress import pages
from app.reports.progress.promises import policies, queries, services
from app.reports.progress.promises.rules import (
    MOST_PROMISES,
    Around,
    Kept,
    WhyNot,
    next_quarter,
    quarter_of,
    why_not_mark,
    why_not_promise,
)
from app.reports.progress.promises.services import MarkPromise
from app.reports.rules import ReportKind, period_before
from tests import make
from tests.browser import Browser
from tests.reports.progress import quarter
from tests.reports.progress.quarter import LINE, promise

NOW = quarter_of(today())
LATER = next_quarter(NOW)
TEXT = "We put up the lamps before the clocks change."


@pytest.fixture
def here(app):
    """A task force with its projects, its co-chairs and the clerk."""
    return quarter.table()


@pytest.mark.parametrize(
    ("made", "told", "there", "reason"),
    [
        (False, False, 0, None),
        (False, False, MOST_PROMISES, WhyNot.TOO_MANY),
        (True, False, 0, WhyNot.FROZEN),
        (False, True, 0, WhyNot.FROZEN),
    ],
)
def test_when_nothing_more_is_promised(made, told, there, reason):
    assert why_not_promise(Around(quarter=NOW, made_in_frozen=made, told_in_frozen=told), there) is reason


@pytest.mark.parametrize(
    ("told", "days", "reason"), [(False, 0, None), (True, 0, WhyNot.FROZEN), (False, -1, WhyNot.NOT_YET)]
)
def test_when_nobody_says_what_became_of_it(told, days, reason):
    around = Around(quarter=NOW, made_in_frozen=True, told_in_frozen=told)
    assert why_not_mark(around, NOW.first_on + timedelta(days=days)) is reason


def test_both_co_chairs_promise_and_nobody_else(here):
    for chair in (here.ada, here.ben):
        promise(here, TEXT, LATER.first_on, by=chair)
    for other in (here.clerk, make.actor()):
        with pytest.raises(NoStanding):
            promise(here, TEXT, LATER.first_on, by=other)
    assert [row.text for row in queries.quarter(here.body.id, NOW).following] == [TEXT, TEXT]


def test_the_twin_in_which_everybody_may_lets_a_stranger_promise(here, monkeypatch):
    monkeypatch.setattr(policies, "may_promise", lambda actor, chairs: True)
    assert promise(here, TEXT, LATER.first_on, by=make.actor())


def test_what_is_promised_now_is_carried_into_the_report_of_the_next_quarter(here):
    promise(here, TEXT, LATER.first_on)
    assert [row.text for row in queries.quarter(here.body.id, LATER).told] == [TEXT]


def test_a_promise_without_an_answer_blocks_the_report(app, here):
    number = promise(here, TEXT, NOW.first_on)
    with app.test_request_context():
        assert [block.rule for block in pages.blocks(here.line)] == [25]
    services.mark(number, MarkPromise(kept=Kept.NOT, line=LINE), by=here.ben)
    assert pages.blocks(here.line) == []


def test_an_answer_has_a_line_that_everybody_reads(here):
    number = promise(here, TEXT, NOW.first_on)
    with pytest.raises(DomainError) as refused:
        services.mark(number, MarkPromise(kept=Kept.KEPT, line="Yes."), by=here.ada)
    assert refused.value.code == "too_short"


def test_once_the_report_is_frozen_its_promises_stand(here):
    number = promise(here, TEXT, NOW.first_on)
    services.mark(number, MarkPromise(kept=Kept.KEPT, line=LINE), by=here.ada)
    coming = promise(here, TEXT, LATER.first_on)
    quarter.freeze(here)
    for act in (
        lambda: services.mark(number, MarkPromise(kept=Kept.NOT, line=LINE), by=here.ada),
        lambda: services.take_back(coming, by=here.ada),
        lambda: promise(here, TEXT, LATER.first_on),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == WhyNot.FROZEN


def test_a_promise_is_taken_back_before_anybody_has_read_it(here):
    services.take_back(promise(here, TEXT, LATER.first_on), by=here.ben)
    assert queries.quarter(here.body.id, NOW).following == ()


def test_a_project_of_others_is_promised_nothing(here):
    other = make.project().id
    with pytest.raises(DomainError) as refused:
        promise(here, TEXT, LATER.first_on, project_id=other)
    assert refused.value.field == "project"


def test_a_co_chair_promises_and_answers_on_the_pages(app, here):
    promise(here, "We ask residents about the crossing.", NOW.first_on)
    ada = Browser(app).sign_in(make.account(here.ada))
    page = ada.open(f"/reports/promises/{here.body.slug}?first={NOW.first_on}")
    assert "Not said yet" in page.text
    page = page.press("Promise it", text=TEXT)
    assert TEXT in page.text and "Take it back" in page.text
    page = page.follow("Say what became of it").press("Say it", kept="partly", line=LINE)
    assert "Kept in part" in page.text and LINE in page.text


def test_everybody_reads_promises_and_has_nothing_to_press(app, here):
    promise(here, TEXT, LATER.first_on)
    page = Browser(app).open(f"/reports/promises/{here.body.slug}?first={NOW.first_on}")
    assert TEXT in page.text and "Promise it" not in page.text and "Take it back" not in page.text


def test_the_quarter_before_is_that_of_the_calendar():
    before = period_before(ReportKind.PROGRESS, NOW)
    assert next_quarter(before) == NOW and before.last_on < NOW.first_on
