"""How migrations meet the database: online only, one transaction a run, SQLite through batch mode."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

from app.core.db import db


def run() -> None:
    """Run the migrations on the app's database; on SQLite foreign keys rest while tables are rebuilt."""
    with db.engine.connect().execution_options(writes=True) as connection:
        _foreign_keys(connection, enforced=False)
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        _foreign_keys(connection, enforced=True)


def _foreign_keys(connection: sa.Connection, *, enforced: bool) -> None:
    """SQLite builds a changed table anew and drops the old one, which rows of other tables still refer to.

    The setting is heard only outside of a transaction, so it goes to the driver; before it is back, every reference is
    checked.
    """
    raw = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite" or raw is None:
        return
    broken = raw.execute("PRAGMA foreign_key_check").fetchall() if enforced else []
    if broken:
        raise RuntimeError(f"references broken by the migration: {broken[:5]}")
    raw.execute(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")


run()
