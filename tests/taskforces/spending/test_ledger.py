"""The ledger: commitments within the allocation, expenses within them, nothing ever edited (rules 10 to 12)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.taskforces.projects import queries as projects
from app.taskforces.spending import queries, services
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.rules import Balance, EntryKind, balance, why_not_enter
from tests import make

COMMIT, EXPENSE = EntryKind.COMMIT, EntryKind.EXPENSE


def entry(kind, cents, **more):
    facts = {"kind": kind, "amount_cents": cents, "on": today(), "purpose": "Six lamp posts", "counterparty": "Lux Ltd"}
    return services.EnterMoney(**facts | more)


def enter(project_id, kind, cents, *, by=None, **more):
    return services.enter(project_id, entry(kind, cents, **more), by=by or make.actor(Role.CLERK))


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code, refused.value.field


@given(st.lists(st.tuples(st.sampled_from([COMMIT, EXPENSE]), st.integers(-900, 900).filter(bool)), max_size=30))
def test_no_sequence_of_entries_breaks_the_sums(wishes):
    entries = [(EntryKind.ALLOCATE, 1000)]
    for kind, cents in wishes:
        if why_not_enter(balance(entries), kind, cents) is None:
            entries.append((kind, cents))
        now = balance(entries)
        assert 0 <= now.spent_cents <= now.committed_cents <= now.allocated_cents == 1000


def test_without_the_rule_a_sequence_breaks_the_sums():
    entries = [(EntryKind.ALLOCATE, 1000), (COMMIT, 900), (COMMIT, 900)]
    assert balance(entries).committed_cents > balance(entries).allocated_cents


def test_a_clerk_enters_what_was_promised_and_paid(app):
    project = make.project()
    enter(project.id, COMMIT, 15_000_00)
    enter(project.id, EXPENSE, 4_000_00)
    assert queries.balance_of(project.id) == Balance(
        allocated_cents=20_000_00, committed_cents=15_000_00, spent_cents=4_000_00
    )
    card = projects.project(project.id)
    assert (card.committed_cents, card.spent_cents) == (15_000_00, 4_000_00)


def test_a_mistake_is_taken_back_by_another_entry(app):
    project = make.project()
    enter(project.id, COMMIT, 15_000_00)
    enter(project.id, COMMIT, -15_000_00)
    assert [row.amount_cents for row in queries.entries(project.id)] == [20_000_00, 15_000_00, -15_000_00]
    assert queries.balance_of(project.id).committed_cents == 0


@pytest.mark.parametrize(
    ("kind", "cents", "code"),
    [
        (COMMIT, 20_000_01, "over_allocation"),
        (EXPENSE, 1, "over_commitment"),
        (COMMIT, -1, "below_zero"),
        (EXPENSE, -1, "below_zero"),
    ],
)
def test_what_breaks_a_sum_is_refused_at_the_amount(app, kind, cents, code):
    project = make.project()
    assert refusal(lambda: enter(project.id, kind, cents)) == (code, "amount")


def test_a_commitment_cannot_sink_below_what_was_paid(app):
    project = make.project()
    enter(project.id, COMMIT, 100)
    enter(project.id, EXPENSE, 60)
    assert refusal(lambda: enter(project.id, COMMIT, -50)) == ("below_spent", "amount")


def test_tomorrow_and_a_second_allocation_are_refused(app):
    project = make.project()
    tomorrow = today() + timedelta(days=1)
    assert refusal(lambda: enter(project.id, COMMIT, 5, on=tomorrow)) == ("in_the_future", "on")
    assert refusal(lambda: enter(project.id, EntryKind.ALLOCATE, 5)) == ("given_once", "kind")


def test_nobody_but_a_clerk_writes_into_the_ledger(app):
    body = make.task_force()
    project = make.project(body=body)
    others = [make.actor(), make.actor(Role.OFFICER), make.actor(Role.ADMIN), make.co_chair(body)]
    for other in others:
        with pytest.raises(NoStanding):
            enter(project.id, COMMIT, 5, by=other)


def test_an_entry_is_never_edited_nor_deleted(app):
    entry_id = enter(make.project().id, COMMIT, 5).id
    for change in (sa.update(LedgerEntry).values(amount_cents=9), sa.delete(LedgerEntry)):
        with pytest.raises(sa.exc.DatabaseError), transaction():
            db.session.execute(change.where(LedgerEntry.id == entry_id))


def commit_at_once(app, project_id, clerk, times):
    def one(_):
        with app.app_context():
            try:
                enter(project_id, COMMIT, 15_000_00, by=clerk)
            except DomainError:
                return False
            return True

    with ThreadPoolExecutor(times) as threads:
        return sum(threads.map(one, range(times)))


def test_two_commitments_at_once_do_not_overshoot_the_allocation(app):
    project_id, clerk = make.project().id, make.actor(Role.CLERK)
    db.session.rollback()
    assert commit_at_once(app, project_id, clerk, 6) == 1
    assert queries.balance_of(project_id).committed_cents == 15_000_00


def test_the_race_is_noticed_when_the_sum_is_not_checked(app, monkeypatch):
    monkeypatch.setattr(services, "why_not_enter", lambda *_: None)
    project_id, clerk = make.project().id, make.actor(Role.CLERK)
    db.session.rollback()
    assert commit_at_once(app, project_id, clerk, 6) == 6


def test_an_entry_is_made_from_the_page_once_however_often_it_is_sent(app, browser):
    project = make.project()
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    page = browser.open(f"/projects/{project.id}").follow("Write into the ledger")
    answers = {"kind": "commit", "amount": "15,000", "counterparty": "Lux Ltd", "purpose": "Six lamp posts"}
    wrong = page.press("Enter it", **answers | {"amount": "a lot"})
    assert "Enter an amount like" in wrong.text and wrong.all("input", value="a lot")
    over = page.press("Enter it", **answers | {"amount": "99,000"})
    assert "more than the project was given" in over.text
    for _ in range(2):
        assert "Lux Ltd" in page.press("Enter it", **answers).text
    assert queries.balance_of(project.id).committed_cents == 15_000_00
