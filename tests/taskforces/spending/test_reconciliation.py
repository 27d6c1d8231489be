"""Reconciliation: every sum of a cycle is made again and held against what is kept and what the council booked."""

import csv
import io
from datetime import date, timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa

from app.core.access import Actor, Grant, Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.expenses import services as expenses
from app.taskforces.spending.reconciliation import exports, policies, queries, views
from app.taskforces.spending.reconciliation.queries import Period
from app.taskforces.spending.reconciliation.rules import (
    Account,
    MonthState,
    Moved,
    Total,
    When,
    month_state,
    statements,
    totals,
)
from app.taskforces.spending.rules import EFFECTS, Balance, EntryKind, Pot
from app.taskforces.spending.tie_outs import queries as tie_outs
from app.taskforces.spending.tie_outs import services
from app.taskforces.spending.tie_outs.rules import Reason, month_of
from tests import make

WHY = "The council books this in June, with the invoice."
HEAD = "booked_on,reference,amount\n"
ENTRIES = [
    (EntryKind.POT_IN, None, 900),
    (EntryKind.CONTINGENCY_HOLD, None, 100),
    (EntryKind.ALLOCATE, 1, 500),
    (EntryKind.ALLOCATE, 2, 200),
    (EntryKind.EXTERNAL_IN, 1, 50),
    (EntryKind.CONTINGENCY_RELEASE, 2, 30),
    (EntryKind.REALLOCATE_OUT, 1, -40),
    (EntryKind.REALLOCATE_IN, 2, 40),
    (EntryKind.COMMIT, 1, 400),
    (EntryKind.COMMIT_CHANGE, 1, -100),
    (EntryKind.EXPENSE, 1, 250),
    (EntryKind.EXPENSE_REVERSAL, 1, -250),
    (EntryKind.EXPENSE, 1, 240),
    (EntryKind.RETURN_TO_POT, 2, -270),
]
CLOSING = {
    Account.FREE: 370,
    Account.HELD: 70,
    Account.ALLOCATED: 510,
    Account.COMMITTED: 300,
    Account.SPENT: 240,
}


def moved(when=lambda place: When.WITHIN):
    return [
        Moved(cycle_id=1, kind=kind, project_id=project, when=when(place), entries=1, cents=cents)
        for place, (kind, project, cents) in enumerate(ENTRIES)
    ]


def test_every_kind_of_entry_is_counted_in_some_account():
    assert {kind for kind, *_more in ENTRIES} == set(EFFECTS)
    told = {movement.kind for each in statements(moved()) for movement in each.movements}
    assert told == set(EntryKind)


@pytest.mark.parametrize("cut", range(len(ENTRIES) + 1))
def test_wherever_a_period_begins_opening_and_movements_make_the_closing(cut):
    found = statements(moved(lambda place: When.BEFORE if place < cut else When.WITHIN))
    assert {each.account: each.closing_cents for each in found} == CLOSING
    for each in found:
        assert each.opening_cents + sum(line.cents for line in each.movements) == each.closing_cents


@pytest.mark.parametrize("cut", range(len(ENTRIES) + 1))
def test_one_period_closes_where_the_next_one_opens(cut):
    ends = statements(moved(lambda place: When.WITHIN if place < cut else When.LATER))
    begins = statements(moved(lambda place: When.BEFORE if place < cut else When.WITHIN))
    assert [each.closing_cents for each in ends] == [each.opening_cents for each in begins]


def test_a_cycles_money_is_always_in_one_of_three_accounts():
    sums = {each.account: each.closing_cents for each in statements(moved())}
    assert sums[Account.FREE] + sums[Account.HELD] + sums[Account.ALLOCATED] == 900 + 50


POT = Pot(pot_cents=900, external_cents=50, held_cents=70, allocated_cents=510)
KEPT = (
    Balance(allocated_cents=510, committed_cents=300, spent_cents=240),
    Balance(allocated_cents=0, committed_cents=0, spent_cents=0),
)


def test_a_sum_agrees_only_where_all_three_ways_lead_to_it():
    assert all(each.agrees for each in totals(moved(), POT, KEPT))
    short = totals(moved(), POT, KEPT[1:])
    assert [each.account for each in short if not each.agrees] == [Account.COMMITTED, Account.SPENT]
    assert not Total(account=Account.SPENT, entries_cents=1, projects_cents=2, kept_cents=1).agrees


PAST = {"paid": True, "compared": True, "outdated": False, "unexplained": 0, "running": False}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, MonthState.RECONCILED),
        ({"unexplained": 2}, MonthState.UNEXPLAINED),
        ({"outdated": True}, MonthState.CHANGED),
        ({"outdated": True, "unexplained": 2}, MonthState.CHANGED),
        ({"compared": False}, MonthState.NOT_COMPARED),
        ({"compared": False, "paid": False}, MonthState.NOTHING_PAID),
        ({"compared": False, "running": True}, MonthState.RUNNING),
        ({"outdated": True, "running": True}, MonthState.RUNNING),
        ({"running": True}, MonthState.RECONCILED),
    ],
)
def test_a_month_stands_as_the_table_says(changes, state):
    assert month_state(**PAST | changes) is state


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("where", [1, 2])
def test_only_who_oversees_or_keeps_the_books_here_lets_the_whole_chain_be_checked(role, where):
    grants = [Grant(role=role, neighborhood_id=where)] if role else []
    allowed = policies.may_check_whole(Actor(id=1, name="A", grants=frozenset(grants)), 1)
    assert allowed is (role in (Role.OVERSEER, Role.OBSERVER, Role.CLERK) and where == 1)
    assert not policies.may_check_whole(None, 1)


def month_before():
    return month_of(month_of(today()) - timedelta(days=1))


def test_a_policy_that_lets_everybody_in_is_noticed(monkeypatch):
    """The twin: with every role among those who watch, the table above does not hold."""
    monkeypatch.setattr(policies, "WATCH", tuple(Role))
    officer = Actor(id=1, name="A", grants=frozenset({Grant(role=Role.OFFICER, neighborhood_id=1)}))
    assert policies.may_check_whole(officer, 1)


@pytest.fixture
def paid(app):
    """A cycle in which 1,000 was paid on the last day of the month before, under F-1."""
    promise = make.commitment(make.project())
    pay(promise, 1_000_00, "F-1")
    return promise


def pay(promise, cents, reference=None, on=None):
    """A payment of the month before, or of another day."""
    told = {"purpose": "Lamp posts", "on": on or month_before(), "reference": reference, "paper": make.paper()}
    command = expenses.Pay(amount_cents=cents, **told)
    return expenses.pay(promise.id, command, key=f"{reference}{cents}", by=make.actor(Role.CLERK)).entry_id


def hold(cycle_id, text, key="k"):
    command = services.HoldAgainst(month=month_before(), content=(HEAD + text).encode(), file_name="books.csv")
    return services.hold_against(cycle_id, command, key=key, by=make.actor(Role.CLERK))


def figures(cycle_id, **more):
    return queries.figures(cycle_id, more.pop("period", Period()), today=today(), **more)


def states(cycle_id):
    return {each.month: each.state for each in figures(cycle_id).months}


def test_what_the_ledger_kept_and_what_is_added_up_again_agree_after_every_kind_of_entry(paid):
    cycle_id = paid.project.cycle_id
    entry = make.paid(paid, 300_00)
    expenses.take_back(entry, "Not ours.", key="a", by=make.actor(Role.CLERK))
    found = figures(cycle_id)
    assert found.agrees and found.projects[0].added == Balance(
        allocated_cents=20_000_00, committed_cents=10_000_00, spent_cents=1_000_00
    )
    assert [each.opening_cents for each in found.statements] == [0] * 5
    assert found.audit_head and found.chain.head


SPOILT = {
    "a balance": ("UPDATE project_balance SET spent_cents = spent_cents - 1", "sums"),
    "the account": ("UPDATE pot_account SET held_cents = held_cents + 1", "sums"),
    "a contract": ("UPDATE commitment SET spent_cents = spent_cents - 1", "contract"),
    "the head": (f"UPDATE pot_account SET head_hash = '{'f' * 64}'", "chain"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_one_cent_changed_behind_the_ledgers_back_is_said(paid, what):
    statement, where = SPOILT[what]
    with db.engine.begin() as connection:
        connection.execute(sa.text(statement))
    db.session.rollback()
    found = figures(paid.project.cycle_id)
    said = {
        "sums": not all(each.agrees for each in found.totals),
        "contract": bool(found.commitments_differ),
        "chain": found.chain.break_ is not None,
    }
    assert not found.agrees and not found.is_final and said[where]


def test_a_month_without_a_tie_out_is_open_until_it_is_compared_explained_and_left_alone(paid):
    cycle_id = paid.project.cycle_id
    assert states(cycle_id)[month_before()] is MonthState.NOT_COMPARED
    made = hold(cycle_id, f"{month_before()},F-1,999.00\n")
    assert states(cycle_id)[month_before()] is MonthState.UNEXPLAINED
    services.explain(made, 1, services.Explain(reason=Reason.LATER, explanation=WHY), by=make.actor(Role.CLERK))
    assert states(cycle_id)[month_before()] is MonthState.RECONCILED and figures(cycle_id).is_final
    pay(paid, 5_00, "F-2")
    assert states(cycle_id)[month_before()] is MonthState.CHANGED and not figures(cycle_id).is_final
    late = tie_outs.reconciled(cycle_id, month_before(), today())
    assert late.months_changed == (month_before(),) and not late.is_final


def test_a_payment_and_its_reversal_after_the_comparison_count_as_a_change(paid):
    cycle_id = paid.project.cycle_id
    hold(cycle_id, f"{month_before()},F-1,1000.00\n")
    expenses.take_back(pay(paid, 5_00), "Wrong.", key="t", by=make.actor(Role.CLERK))
    assert states(cycle_id)[month_before()] is MonthState.CHANGED


def test_what_is_not_explained_comes_first_however_long_the_list_is(paid):
    cycle_id = paid.project.cycle_id
    made = hold(cycle_id, f"{month_before()},F-1,999.00\n{month_before()},F-2,7\n")
    services.explain(made, 1, services.Explain(reason=Reason.LATER, explanation=WHY), by=make.actor(Role.CLERK))
    found = figures(cycle_id)
    assert [(each.reference, each.reason) for each in found.differences] == [("F-2", None), ("F-1", Reason.LATER)]
    assert (len(figures(cycle_id, shown=1).differences), figures(cycle_id, shown=1).difference_count) == (1, 2)


def test_a_year_opens_with_what_the_one_before_left(paid):
    year = today().year
    make.paid(paid, 300_00)
    first = date(year + 1, 1, 1)
    found = figures(paid.project.cycle_id, period=Period(first=first, last=date(year + 1, 12, 31)))
    spent = next(each for each in found.statements if each.account is Account.SPENT)
    assert (spent.opening_cents, spent.movements, spent.closing_cents) == (1_300_00, (), 1_300_00)
    assert found.months == () and found.agrees


def test_a_cycle_without_a_ledger_has_no_reconciliation(app):
    with pytest.raises(NotFound):
        figures(make.cycle().id)


def test_what_is_entered_meanwhile_comes_between_no_two_sums(paid):
    cycle_id, read = paid.project.cycle_id, []

    def gather():
        read.append(len(list(chain.links(cycle_id))))
        if len(read) == 1:
            make.paid(paid, 5_00)
        return read[-1]

    assert chain.steadily(cycle_id, gather) == read[0] + 1 and len(read) == 2


def test_what_is_read_only_once_is_of_two_moments(paid, monkeypatch):
    """The twin: without a second reading the payment is in one sum and not in the other."""
    monkeypatch.setattr(chain, "TRIES", 1)
    read = []

    def gather():
        before = len(list(chain.links(paid.project.cycle_id)))
        make.paid(paid, 5_00)
        read.append((before, len(list(chain.links(paid.project.cycle_id)))))
        return read[-1]

    before, after = chain.steadily(paid.project.cycle_id, gather)
    assert before != after and len(read) == 1


def test_the_figures_cost_the_same_few_statements_however_many_projects_and_months(paid, statements):
    cycle_id = paid.project.cycle_id
    for number in range(4):
        other = make.project(cycle=paid.project.cycle, allocated_cents=5_000_00)
        pay(make.commitment(other, 1_000_00), 10_00 + number, on=month_before() - timedelta(days=30 * number))
    db.session.rollback()
    statements.clear()
    assert len(figures(cycle_id).projects) == 5
    assert len(statements) <= 14, "\n".join(statements)


def test_the_file_adds_up_to_what_the_page_says_and_starts_no_formula(paid):
    cycle_id = paid.project.cycle_id
    command = services.HoldAgainst(
        month=month_before(), content=(HEAD + f"{month_before()},=1+1,7\n").encode(), file_name="=cmd.csv"
    )
    services.hold_against(cycle_id, command, key="f", by=make.actor(Role.CLERK))
    lines = list(csv.DictReader(io.StringIO(exports.reconciliation_csv(figures(cycle_id)))))
    spent = [each for each in lines if (each["part"], each["item"]) == ("account", "spent")]
    amounts = [int(each["cents"]) for each in spent]
    assert spent[0]["line"] == "opening" and sum(amounts[:-1]) == amounts[-1] == 1_000_00
    month = next(each for each in lines if each["part"] == "month" and each["file_name"])
    assert (month["file_name"], month["line"], month["agrees"]) == ("'=cmd.csv", "unexplained", "no")
    assert {each["line"] for each in lines if each["part"] == "difference"} == {"'=1+1", "F-1"}
    assert not any(cell.startswith(("=", "+", "@")) for each in lines for cell in each.values())


def test_everybody_reads_it_and_only_a_clerk_is_led_to_what_is_open(paid, browser):
    cycle_id = paid.project.cycle_id
    address = f"/projects/ledger/{cycle_id}/reconciliation/"
    page = browser.open(address)
    assert "Unreconciled" in page.text and "nobody has compared it" in page.text
    assert "Compare a month" not in page.text and "State something" not in page.text
    assert "State something about" in browser.sign_in(make.person(roles=(Role.OVERSEER,))).open(address).text
    clerk = browser.sign_in(make.person(roles=(Role.CLERK,))).open(address)
    form = clerk.follow(f"Compare a month: {month_before():%B %Y}")
    text = HEAD + f"{month_before()},F-1,1000\n"
    form.press("Compare", month=f"{month_before():%Y-%m}", file=(BytesIO(text.encode()), "books.csv"))
    done = browser.open(address)
    assert "Reconciled" in done.text and "books.csv" in done.text and "Unreconciled" not in done.text
    assert browser.open("/oversight/").follow(f"Reconciliation of {paid.project.cycle.name}").one("h1") == (
        "Reconciliation"
    )


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (None, "From entry 3 on every entry fits"),
        (Role.OFFICER, "From entry 3 on every entry fits"),
        (Role.OVERSEER, "All 4 entries fit together"),
        (Role.OBSERVER, "All 4 entries fit together"),
        (Role.CLERK, "All 4 entries fit together"),
    ],
)
def test_the_end_of_a_long_chain_is_checked_for_everybody_and_all_of_it_for_who_watches(
    paid, browser, monkeypatch, role, said
):
    monkeypatch.setattr(views, "LAST", 2)
    if role is not None:
        browser.sign_in(make.person(roles=(role,)))
    assert said in browser.open(f"/projects/ledger/{paid.project.cycle_id}/reconciliation/").text


@pytest.mark.parametrize("year", ["1", "9999", "10000", "-3", "x", ""])
def test_a_year_that_is_none_shows_something_all_the_same(paid, browser, year):
    page = browser.open(f"/projects/ledger/{paid.project.cycle_id}/reconciliation/?year={year}")
    assert page.one("h1") == "Reconciliation"


def test_a_month_is_known_to_be_older_than_its_last_payment(paid):
    """The twin of the change: the same sum, entered a moment after the comparison."""
    hold(paid.project.cycle_id, f"{month_before()},F-1,1000.00\n")
    row = tie_outs.of_cycle(paid.project.cycle_id)[0]
    later, before = (
        tie_outs.Paid(entries=1, cents=row.ledger_cents, entered_at=row.made_at + timedelta(seconds=gap))
        for gap in (1, -1)
    )
    assert row.is_outdated(later) and not row.is_outdated(before) and not row.is_outdated(None)
