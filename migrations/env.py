"""How migrations meet the database: online only, one transaction a run, SQLite through batch mode."""

from alembic import context
from flask import current_app

from app.core.db import db


def run() -> None:
    """Run the migrations on the app's database; on SQLite foreign keys rest while tables are rebuilt."""
    with db.engine.connect().execution_options(writes=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
