"""The audit log is append-only, and a change behind its back shows at the first altered entry."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
import sqlalchemy as sa

from app.audit import services
from app.audit.queries import first_break
from app.core.db import db, transaction
from app.core.events import publish
from tests.audit.lamps import LampLit, behind_its_back, light, restore_triggers


@pytest.fixture
def three(app):
    for number in range(3):
        light(number)
    yield
    if db.engine.dialect.name == "sqlite":
        restore_triggers()


def test_an_untouched_chain_is_whole(three):
    assert first_break() is None


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET body = ''", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_it(three, statement):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), transaction():
        db.session.execute(sa.text(statement))


def test_an_altered_entry_is_named(three):
    behind_its_back("UPDATE audit_entry SET body = replace(body, '\"lamp_id\":1', '\"lamp_id\":9')")
    broken = first_break()
    assert broken is not None and (broken.sequence, broken.reason) == (2, "altered")


def another_gets_through(app):
    """Whether somebody else's event is written while a transaction is open that has published one."""

    def other():
        with app.app_context():
            light(2)

    db.session.rollback()
    with ThreadPoolExecutor(1) as pool, transaction():
        publish(LampLit(actor_id=None, lamp_id=1))
        return bool(wait([pool.submit(other)], timeout=2).done)


def test_an_event_holds_up_nobody_before_its_transaction_ends_and_its_twin_does(app, monkeypatch):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one writer in at a time")
    assert another_gets_through(app) and first_break() is None
    monkeypatch.setattr(services, "before_commit", lambda act: act())
    assert not another_gets_through(app)


def test_a_lost_entry_is_named(three):
    behind_its_back("DELETE FROM audit_entry WHERE sequence = 2")
    broken = first_break()
    assert broken is not None and (broken.sequence, broken.reason) == (2, "missing")
