"""The audit log is append-only, and a change behind its back shows at the first altered entry."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.audit.queries import first_break
from app.core.db import db, transaction
from app.core.events import Event, publish


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    lamp_id: int


def light(number: int) -> None:
    with transaction():
        publish(LampLit(actor_id=None, lamp_id=number))


def behind_its_back(*statements: str) -> None:
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(sa.text("DROP TRIGGER IF EXISTS audit_entry_no_update"))
            connection.execute(sa.text("DROP TRIGGER IF EXISTS audit_entry_no_delete"))
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.fixture
def three(app):
    for number in range(3):
        light(number)
    yield
    if db.engine.dialect.name == "sqlite":
        restore_triggers()


def restore_triggers() -> None:
    db.session.remove()
    with db.engine.connect() as connection:
        for verb in ("update", "delete"):
            connection.execute(
                sa.text(
                    f"CREATE TRIGGER IF NOT EXISTS audit_entry_no_{verb} BEFORE {verb.upper()} ON audit_entry "
                    "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
                )
            )
        connection.commit()


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


def test_a_lost_entry_is_named(three):
    behind_its_back("DELETE FROM audit_entry WHERE sequence = 2")
    broken = first_break()
    assert broken is not None and (broken.sequence, broken.reason) == (2, "missing")


def test_many_writers_make_one_chain_without_gaps(app):
    def write(number: int) -> None:
        with app.app_context():
            light(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    assert first_break() is None
    assert db.session.scalar(sa.select(sa.func.max(AuditEntry.sequence))) == 40
