"""Money is promised, changed, paid in large amounts, moved, released and returned only with the word of both sides."""

import sys

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.cycles.rules import LeftoverRule
from app.places.models import Category
from app.taskforces.projects import queries as projects
from app.taskforces.projects.rules import Cause
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.signing import queries as agreements
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import Ending, Verdict
from app.taskforces.signing.services import Sign
from app.taskforces.spending import queries
from app.taskforces.spending import services as ledger
from app.taskforces.spending.books import queries as books
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.commitments import services as commitments
from app.taskforces.spending.expenses import services as expenses
from app.taskforces.spending.forecasts import services as forecasts
from app.taskforces.spending.models import Commitment
from app.taskforces.spending.returns import services as returns
from app.taskforces.spending.transfers import services as transfers
from tests import make

WHY = "The other lamps turned out to be cheaper than thought."


@pytest.fixture
def town(app):
    """A project of a task force, its two co-chairs, and a clerk."""
    body = make.task_force()
    chairs = [make.fresh(make.co_chair(body, side)) for side in Side]
    return make.project(body=body), chairs, make.actor(Role.CLERK)


def signed(agreement_id, chairs):
    """What becomes of an agreement when these people sign it."""
    seen = agreements.agreement(agreement_id).hash
    return [signing.sign(agreement_id, Sign(verdict=Verdict.APPROVE, statement="", seen=seen), by=c) for c in chairs][
        -1
    ]


def promised(town, cents=12_000_00, key="promise"):
    project, chairs, _clerk = town
    command = commitments.PromiseMoney(
        counterparty="Lux Ltd", amount_cents=cents, purpose="Six lamp posts", paper=make.paper()
    )
    return commitments.promise(project.id, command, key=key, by=chairs[0])


def code(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def only_promise():
    return db.session.scalars(sa.select(Commitment)).one()


def test_a_commitment_counts_with_the_second_signature_and_not_before(town):
    project, chairs, _clerk = town
    waits = promised(town)
    assert [row.id for row in books.waiting([project.task_force_id])] == [waits]
    signed(waits, chairs[:1])
    assert queries.balance_of(project.id).committed_cents == 0
    assert signed(waits, chairs[1:]) is Ending.EXECUTED
    assert queries.balance_of(project.id).committed_cents == only_promise().amount_cents == 12_000_00
    assert queries.entries(project.id).items[0].agreement_id == waits


def test_a_process_that_dies_at_the_last_signature_leaves_it_unsigned_and_nothing_is_booked_twice(town, monkeypatch):
    project, chairs, _clerk = town
    waits = promised(town)
    signed(waits, chairs[:1])
    with monkeypatch.context() as dying, pytest.raises(SystemExit):
        dying.setattr(ledger, "_made", lambda _entry: sys.exit(9))
        signed(waits, chairs[1:])
    assert agreements.agreement(waits).ending is None and queries.balance_of(project.id).committed_cents == 0
    assert signed(waits, chairs[1:]) is Ending.EXECUTED
    assert code(lambda: signed(waits, chairs[1:])) == "ended"
    assert queries.balance_of(project.id).committed_cents == 12_000_00 and chain.checked(project.cycle_id).holds


def test_one_cent_over_is_refused_and_told_though_nothing_else_happens(town):
    assert code(lambda: promised(town, 20_000_01)) == "over_allocation"
    kinds = db.session.scalars(sa.select(AuditEntry.kind)).all()
    assert "CommitmentOverAllocation" in kinds and "AgreementProposed" not in kinds
    promised(town, 20_000_00)


def test_what_no_longer_fits_is_refused_at_the_second_signature(town):
    _project, chairs, _clerk = town
    first, second = promised(town), promised(town, 9_000_00, "another")
    signed(first, chairs)
    signer = chairs[0]
    assert code(lambda: signed(second, [signer])) == "over_allocation"


def test_a_clerk_pays_a_little_alone_and_much_only_with_both_sides(town):
    project, chairs, clerk = town
    signed(promised(town), chairs)
    promise = only_promise()
    make.paid(promise, 5_000_00, by=clerk)
    pay = {"on": now().date(), "purpose": "The rest of the posts", "reference": "F-1", "paper": make.paper()}
    much = expenses.pay(promise.id, expenses.Pay(amount_cents=5_000_01, **pay), key="much", by=clerk)
    assert much.entry_id is None and queries.balance_of(project.id).spent_cents == 5_000_00
    signed(much.agreement_id, chairs)
    assert queries.balance_of(project.id).spent_cents == 10_000_01


def test_a_commitment_ends_at_what_is_paid_and_nothing_is_paid_on_it_afterwards(town):
    project, chairs, clerk = town
    signed(promised(town), chairs)
    promise = only_promise()
    make.paid(promise, 3_000_00, by=clerk)
    ends = commitments.ChangePromise(amount_cents=3_000_00, reason="Fewer posts needed", ends=True)
    signed(commitments.change_promise(promise.id, ends, key="ends", by=clerk), chairs)
    assert queries.balance_of(project.id).left_cents == 17_000_00
    assert code(lambda: make.paid(promise, 1, by=clerk)) == "commitment_ended"


def other_project(town, **more):
    project, _chairs, _clerk = town
    return make.project(body=project.task_force, cycle=project.cycle, **more)


def move(town, to, cents, by, council=None):
    command = transfers.MoveMoney(to_project_id=to.id, amount_cents=cents, reason=WHY, council=council)
    return transfers.move_money(town[0].id, command, key=f"{to.id}-{cents}", by=by)


def test_money_moves_in_two_entries_that_add_up_to_nothing(town):
    project, chairs, _clerk = town
    other = other_project(town)
    signed(move(town, other, 700, chairs[0]), chairs)
    out, into = queries.entries(project.id).items[0], queries.entries(other.id).items[0]
    assert (out.amount_cents, into.amount_cents, out.agreement_id) == (-700, 700, into.agreement_id)
    assert chain.checked(project.cycle_id).holds


def test_money_that_crosses_over_is_signed_by_both_sides_of_both_task_forces(town):
    project, chairs, _clerk = town
    body = make.task_force(where=project.cycle.neighborhood)
    theirs = [make.fresh(make.co_chair(body, side)) for side in Side]
    other = make.project(body=body, cycle=project.cycle)
    waits = move(town, other, 700, chairs[0])
    assert signed(waits, [*chairs, theirs[0]]) is None
    assert signed(waits, theirs[1:]) is Ending.EXECUTED


def test_much_money_to_another_kind_needs_the_council_which_the_clerk_writes_down(town):
    project, chairs, clerk = town
    other = other_project(town)
    with transaction():
        play = Category(neighborhood_id=project.cycle.neighborhood_id, name="Play", icon="youth", position=2)
        other.proposal.category = play
    assert code(lambda: move(town, other, 2_000_01, clerk)) == "needs_council"
    assert code(lambda: move(town, other, 2_000_01, chairs[0], "Yes")) == "council_by_clerk"
    signed(move(town, other, 2_000_01, clerk, "Council, June 3: agreed"), chairs)
    assert queries.balance_of(project.id).allocated_cents == 20_000_00 - 2_000_01


def test_money_does_not_move_to_another_pot(town):
    assert code(lambda: move(town, make.project(body=town[0].task_force), 5, town[2])) == "other_pot"


def test_the_reserve_is_released_by_both_sides_and_never_below_nothing(app):
    body, clerk = make.task_force(), make.actor(Role.CLERK)
    chairs = [make.fresh(make.co_chair(body, side)) for side in Side]
    project = make.project(body=body, cycle=make.cycle(contingency_cents=500, where=body.neighborhood))
    release = transfers.ReleaseReserve(amount_cents=501, reason=WHY)
    assert code(lambda: transfers.release(project.id, release, key="a", by=clerk)) == "over_reserve"
    release = transfers.ReleaseReserve(amount_cents=500, reason=WHY)
    signed(transfers.release(project.id, release, key="b", by=clerk), chairs)
    assert queries.pot_of(project.cycle_id).held_cents == 0
    assert queries.balance_of(project.id).allocated_cents == 20_000_00 + 500


@pytest.mark.parametrize(("rule", "held"), [(LeftoverRule.NEXT_CYCLE, 0), (LeftoverRule.CONTINGENCY, 19_000_00)])
def test_what_is_not_spent_returns_by_the_rule_of_the_card_and_ends_what_is_promised(town, rule, held):
    project, chairs, clerk = town
    with transaction():
        project.cycle.leftover_rule = rule
    signed(promised(town), chairs)
    make.paid(only_promise(), 1_000_00, by=clerk)
    command = returns.ReturnMoney(amount_cents=None, closing=True, reason="The project is completed.")
    signed(returns.return_money(project.id, command, key="r", by=clerk), chairs)
    balance = queries.balance_of(project.id)
    assert (balance.allocated_cents, balance.unspent_cents) == (1_000_00, 0)
    assert queries.pot_of(project.cycle_id).held_cents == held and only_promise().closed_on is not None
    assert chain.checked(project.cycle_id).holds


def test_a_forecast_over_the_money_stops_commitments_until_a_setback_is_open(app, town, monkeypatch):
    project, chairs, _clerk = town
    opens = app.extensions["event_wiring"]
    monkeypatch.setitem(app.extensions, "event_wiring", {})
    said = forecasts.SayCost(expected_cents=22_100_00, explanation=WHY)
    forecasts.say_cost(project.id, said, by=chairs[0])
    assert projects.project(project.id).verdict.causes == ((Cause.OVER_MONEY, 11),)
    assert code(lambda: promised(town, 100)) == "forecast_over"
    assert books.money(project.id).over_cents == 2_100_00
    monkeypatch.setitem(app.extensions, "event_wiring", opens)
    forecasts.say_cost(project.id, said, by=chairs[0])
    assert promised(town, 100)


def test_money_from_outside_makes_pot_and_project_larger(town):
    project, _chairs, clerk = town
    gift = {"giver": "The Lamp Fund", "on": now().date(), "purpose": "Two more lamps", "paper": make.paper()}
    transfers.give_from_outside(project.id, transfers.GiveFromOutside(amount_cents=50, **gift), key="g", by=clerk)
    assert queries.balance_of(project.id).allocated_cents == 20_000_50
    assert queries.pot_of(project.cycle_id).external_cents == 50


def test_only_members_and_the_clerk_put_money_before_both_sides(town):
    project, _chairs, _clerk = town
    command = commitments.PromiseMoney(counterparty="Lux", amount_cents=5, purpose="Posts", paper=make.paper())
    watches = make.seated(project.task_force, SeatKind.OBSERVER)
    for other in (watches, make.actor(Role.OFFICER), make.actor(Role.ADMIN), make.co_chair(make.task_force())):
        with pytest.raises(NoStanding):
            commitments.promise(project.id, command, key="no", by=other)
