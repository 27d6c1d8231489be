"""Many hands at once: no cent is paid twice, no link of the chain is lost, nothing differs from a replay."""

from contextlib import nullcontext
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from app.core import db as core
from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError
from app.taskforces.spending import queries, services
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.expenses import services as expenses
from tests import make
from tests.sizes import size

HANDS = size(commit=6, night=24)


def at_once(app, acts):
    """Do all of it at the same moment; the names of what went wrong."""
    failures = []

    def one(act):
        with app.app_context():
            try:
                act()
            except Exception as reason:
                failures.append(reason.code if isinstance(reason, DomainError) else type(reason).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=one, args=(act,)) for act in acts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return failures


def hands(app):
    """So many who would each spend four fifths of what is left, and the project."""
    project = make.project()
    promise, clerk = make.commitment(project, 5_000_00), make.actor(Role.CLERK)
    ids = project.id, project.cycle_id, promise.id
    db.session.rollback()

    def pay():
        make.paid(db.session.get_one(services.Commitment, ids[2]), 4_000_00, by=clerk)

    return [pay] * HANDS, ids


@pytest.mark.soak
def test_many_payments_at_once_spend_no_cent_twice(app):
    acts, (project_id, cycle_id, _promise) = hands(app)
    assert at_once(app, acts) == ["over_commitment"] * (HANDS - 1)
    assert queries.balance_of(project_id).spent_cents == 4_000_00
    assert chain.checked(cycle_id).holds


def halves(app):
    """Two clerks who would each enter a half of what is above the threshold only as a whole, and the project."""
    project = make.project()
    promise, clerks = make.commitment(project, 10_000_00), [make.actor(Role.CLERK) for _each in range(2)]
    project_id, promise_id = project.id, promise.id
    db.session.rollback()

    def pay(clerk):
        make.paid(db.session.get_one(services.Commitment, promise_id), 3_000_00, by=clerk)

    return [lambda clerk=clerk: pay(clerk) for clerk in clerks], project_id


def test_two_clerks_who_enter_two_halves_at_once_do_not_pay_the_whole_without_signatures(app):
    acts, project_id = halves(app)
    assert at_once(app, acts) == ["paid_in_parts"]
    assert queries.balance_of(project_id).spent_cents == 3_000_00


def test_without_the_rows_held_before_the_check_both_halves_get_through(app, monkeypatch):
    """The twin: both ask what was paid alone before either has booked, as only the account of the cycle is held."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one writer in at a time whatever the code does; the twin below takes that away")
    real, both = services.locked, Barrier(2, timeout=20)
    held = {services.PotAccount, services.ProjectBalance}
    monkeypatch.setattr(services, "locked", lambda kind, key: (real if kind in held else db.session.get)(kind, key))
    monkeypatch.setattr("app.taskforces.spending.asking.services.locked", lambda kind, key: db.session.get(kind, key))
    ensure_whole = expenses._ensure_whole
    monkeypatch.setattr(expenses, "_ensure_whole", lambda *given: (ensure_whole(*given), both.wait()))
    acts, project_id = halves(app)
    assert at_once(app, acts) == [] and queries.balance_of(project_id).spent_cents == 6_000_00


def test_commitments_in_many_projects_at_once_make_one_chain(app):
    cycle = make.cycle()
    projects = [make.project(cycle=cycle).id for _ in range(3)]
    cycle_id = cycle.id
    db.session.rollback()

    def promise(project_id):
        make.commitment(db.session.get_one(services.Project, project_id), 100)

    assert at_once(app, [lambda p=p: promise(p) for p in projects * 2]) == []
    assert chain.checked(cycle_id).holds and chain.checked(cycle_id).entries == 1 + 3 + 6


def test_without_the_locks_the_database_alone_has_to_stop_it(app, monkeypatch):
    """The twin: with the locks gone, all read the same sums, and the unique place in the chain throws most out."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one writer in at a time whatever the code does; the twin below takes that away")
    for module in (services, make):
        monkeypatch.setattr(module, "locked", lambda kind, key: db.session.get(kind, key), raising=False)
    monkeypatch.setattr("app.taskforces.spending.asking.services.locked", lambda kind, key: db.session.get(kind, key))
    acts, _ids = hands(app)
    assert set(at_once(app, acts)) - {"over_commitment"}


def test_without_the_writers_turn_sqlite_refuses_instead_of_waiting(app, monkeypatch):
    """The twin: what makes writers wait on SQLite is that they say at once that they will write."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has rows to lock")
    options = sa.Connection.get_execution_options
    monkeypatch.setattr(core, "_writers_turn", nullcontext)
    monkeypatch.setattr(sa.Connection, "get_execution_options", lambda self: {**options(self), "writes": False})
    db.session.rollback()
    acts, _ids = hands(app)
    assert set(at_once(app, acts)) - {"over_commitment"}
