"""All the money on one page: each ledger, its chain, its months, and what of it is whose."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import RoleGrant
from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.taskforces.oversight.money import queries
from app.taskforces.oversight.money.queries import Differences
from app.taskforces.spending.expenses import services as expenses
from app.taskforces.spending.tie_outs import services
from app.taskforces.spending.tie_outs.rules import month_of
from tests import make

ADDRESS = "/oversight/money/"


@pytest.fixture
def differing(app):
    """A payment of last month that the council booked a dollar lower, and a booking that is nobody's."""
    project = make.project()
    day = month_of(month_of(today()) - timedelta(days=1))
    pay = expenses.Pay(amount_cents=1_000_00, purpose="Lamp posts", on=day, reference="F-1", paper=make.paper())
    expenses.pay(make.commitment(project).id, pay, key="p", by=make.actor(Role.CLERK))
    text = f"booked_on,reference,amount\n{day},F-1,999.00\n{day},F-9,7\n"
    held = services.HoldAgainst(month=day, content=text.encode(), file_name="books.csv")
    services.hold_against(project.cycle_id, held, key="h", by=make.actor(Role.CLERK))
    return project


def granted(role, where):
    """Somebody who holds a role for one neighborhood."""
    person = make.person()
    with transaction():
        facts = {"role": role, "neighborhood_id": where.id, "starts_on": today() - timedelta(days=1)}
        db.session.add(RoleGrant(person_id=person.id, **facts))
    return person


def test_a_task_force_has_its_sums_and_the_differences_that_are_of_its_own_payments(differing):
    (ledger,) = queries.ledgers(None, number=1).items
    (body,) = ledger.bodies
    assert (body.slug, body.spent_cents, body.agrees) == (differing.task_force.slug, 1_000_00, True)
    assert body.differences == Differences(all=1, unexplained=1) and ledger.found.difference_count == 2
    db.session.execute(sa.text("UPDATE project_balance SET spent_cents = spent_cents - 1"))
    assert not queries.ledgers(None, number=1).items[0].bodies[0].agrees


def test_somebody_sees_the_ledgers_of_the_places_they_watch_and_no_others(differing, browser):
    here, name = differing.cycle.neighborhood, differing.cycle.name
    mine = browser.sign_in(granted(Role.OVERSEER, here)).open(ADDRESS)
    assert name in mine.text and "1 not explained" in mine.text and "Explain it" not in mine.text
    other = browser.sign_in(granted(Role.OVERSEER, make.neighborhood())).open(ADDRESS)
    assert name not in other.text and "No ledger yet" in other.text
    assert "Explain it" in browser.sign_in(granted(Role.CLERK, here)).open(ADDRESS).text


def test_another_ledger_costs_as_much_as_the_first_whatever_stands_in_it(differing, statements):
    statements.clear()
    queries.ledgers(None, number=1)
    one = len(statements)
    make.project()
    statements.clear()
    assert queries.ledgers(None, number=1).total == 2
    assert len(statements) <= 2 * one <= 44, "\n".join(statements)
