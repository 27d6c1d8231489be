"""The ledger: a chain of entries that nobody edits, sums kept with it, and rules 9 to 12 held at every entry."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.taskforces.projects import queries as projects
from app.taskforces.spending import queries, services
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.chain.rules import Break, Fault
from app.taskforces.spending.expenses import services as expenses
from app.taskforces.spending.models import Commitment, LedgerEntry, PotAccount, ProjectBalance
from app.taskforces.spending.rules import Balance, EntryKind, Pot
from tests import make

LUX = {"allocated_cents": 20_000_00, "committed_cents": 15_000_00, "spent_cents": 4_000_00}


@pytest.fixture
def lit(app):
    """A project with a commitment of 15,000 of which 4,000 is paid."""
    project = make.project()
    promise = make.commitment(project, 15_000_00)
    return project, promise, make.paid(promise, 4_000_00)


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code, getattr(refused.value, "rule", None)


def test_a_project_is_given_its_money_out_of_the_pot_and_the_sums_are_kept(lit):
    project, promise, _paid = lit
    assert queries.balance_of(project.id) == Balance(**LUX)
    assert queries.pot_of(project.cycle_id) == Pot(pot_cents=100_000_00, allocated_cents=20_000_00)
    card = projects.project(project.id)
    assert (card.committed_cents, card.spent_cents) == (15_000_00, 4_000_00)
    kinds = [link.entry.kind for link in chain.links(project.cycle_id)]
    assert kinds == ["pot_in", "allocate", "commit", "expense"]
    assert chain.checked(project.cycle_id).holds and promise.number == 1


def test_an_expense_over_the_commitment_by_one_cent_names_rule_11(lit):
    project, promise, _paid = lit
    terms = services.SetTerms(alone_cents=15_000_00, council_percent=10)
    services.set_terms(project.cycle_id, terms, by=make.actor(Role.CLERK))
    make.paid(promise, 5_000_00), make.paid(promise, 5_000_00)
    assert refusal(lambda: make.paid(promise, 1_000_01)) == ("over_commitment", 11)
    make.paid(promise, 1_000_00)


def test_a_commitment_over_the_allocation_by_one_cent_names_rule_10(lit):
    project, _promise, _paid = lit
    assert refusal(lambda: make.commitment(project, 5_000_01)) == ("over_allocation", 10)
    make.commitment(project, 5_000_00)


def test_an_allocation_over_the_pot_by_one_cent_names_rule_9(app):
    cycle = make.cycle(contingency_cents=80_000_00)
    within = make.project(cycle=cycle, allocated_cents=19_999_99)
    assert chain.checked(within.cycle_id).holds
    assert refusal(lambda: make.project(cycle=cycle, allocated_cents=2)) == ("over_pot", 9)


def test_a_payment_is_taken_back_once_as_a_whole_and_never_what_takes_back(lit):
    project, promise, paid = lit
    clerk = make.actor(Role.CLERK)
    back = expenses.take_back(paid, "The invoice was another project's.", key="a", by=clerk)
    assert queries.balance_of(project.id).spent_cents == 0
    assert refusal(lambda: expenses.take_back(paid, "Again", key="b", by=clerk)) == ("reversed_already", 12)
    assert refusal(lambda: expenses.take_back(back, "No", key="c", by=clerk)) == ("reversal_of_reversal", 12)
    given = db.session.scalar(sa.select(LedgerEntry.id).where(LedgerEntry.kind == EntryKind.COMMIT))
    with pytest.raises(DomainError):
        expenses.take_back(given, "No", key="d", by=clerk)
    assert queries.entry(back).reverses_id == paid and promise.spent_cents == 0


@pytest.mark.parametrize(("cents", "code"), [(0, "not_an_amount"), (-5, "not_an_amount"), (10**14 + 1, "too_large")])
def test_negative_and_enormous_amounts_are_refused(lit, cents, code):
    _project, promise, _paid = lit
    booking = services.Booking(
        kind=EntryKind.EXPENSE, amount_cents=cents, on=now().date(), purpose="x", project=promise.project,
        commitment=promise,
    )  # fmt: skip
    assert refusal(lambda: services.book(promise.project.cycle_id, [booking], by_id=None)) == (code, 12)


def test_nobody_but_a_clerk_pays(lit):
    project, promise, _paid = lit
    body = project.task_force
    for other in (make.actor(), make.actor(Role.OFFICER), make.actor(Role.ADMIN), make.co_chair(body)):
        with pytest.raises(NoStanding):
            make.paid(promise, 5, by=other)


def test_an_entry_is_never_edited_nor_deleted(lit):
    for change in (sa.update(LedgerEntry).values(amount_cents=9), sa.delete(LedgerEntry)):
        with pytest.raises(sa.exc.DatabaseError), transaction():
            db.session.execute(change)


@pytest.mark.parametrize(
    ("table", "column", "name"),
    [
        (PotAccount, "allocated_cents", "rule_9"),
        (ProjectBalance, "committed_cents", "rule_10"),
        (Commitment, "spent_cents", "rule_11"),
    ],
)
def test_the_database_itself_holds_rules_9_to_11(lit, table, column, name):
    with pytest.raises(sa.exc.IntegrityError, match=name), transaction():
        db.session.execute(sa.update(table).values({column: 10**9}))


def test_what_is_changed_behind_the_ledgers_back_is_found_where_it_is(lit):
    project, _promise, _paid = lit
    links = list(chain.links(project.cycle_id))
    account = db.session.get(PotAccount, project.cycle_id)
    ends = {"entries": account.entries, "head": account.head_hash}
    forged = links[2].entry.__class__(**vars(links[2].entry) | {"amount_cents": 1})
    link = links[2].__class__(entry=forged, hash=links[2].hash)
    find = chain.first_break
    assert find(links, **ends) is None
    assert find([*links[:2], link, links[3]], **ends) == Break(number=3, fault=Fault.HASH)
    assert find([*links[:2], links[3]], **ends) == Break(number=3, fault=Fault.NUMBER)
    assert find(links[:3], **ends) == Break(number=4, fault=Fault.END)
    assert find(links[2:], begins=3, **ends) is None
    assert find([link, links[3]], begins=3, **ends) == Break(number=3, fault=Fault.HASH)


def test_a_sum_that_is_not_what_the_entries_add_up_to_is_named(lit):
    project, _promise, _paid = lit
    with transaction():
        db.session.execute(sa.update(ProjectBalance).values(spent_cents=1))
    found = chain.checked(project.cycle_id)
    assert found.sums_differ == (f"project {project.id}",) and not found.holds


def test_what_was_said_twice_is_booked_once(lit):
    _project, promise, _paid = lit
    clerk = make.actor(Role.CLERK)
    pay = expenses.Pay(amount_cents=5, on=now().date(), purpose="Bolts", reference=None, paper=make.paper())
    assert len({expenses.pay(promise.id, pay, key="same", by=clerk).entry_id for _ in range(2)}) == 1
