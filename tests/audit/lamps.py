"""Events for the tests of the audit log, and what somebody does who owns the database."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db, transaction
from app.core.events import Event, publish


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    """A lamp has been lit."""

    lamp_id: int


def light(number: int) -> None:
    """One more entry."""
    with transaction():
        publish(LampLit(actor_id=None, lamp_id=number))


def behind_its_back(*statements: str) -> None:
    """Change the log as somebody does who owns the database: triggers are no hindrance."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(sa.text("DROP TRIGGER IF EXISTS audit_entry_no_update"))
            connection.execute(sa.text("DROP TRIGGER IF EXISTS audit_entry_no_delete"))
        for statement in statements:
            connection.exec_driver_sql(statement)


def restore_triggers() -> None:
    """Put SQLite's triggers back."""
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
