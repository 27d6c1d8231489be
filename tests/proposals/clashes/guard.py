"""The triggers that keep a clash off the ballot, taken away for a while: the sabotage of the twins."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from app.core.db import db
from app.proposals.clashes.models import guard_statements


@contextmanager
def unguarded() -> Iterator[None]:
    """No trigger watches; afterwards they watch again, though what was written meanwhile stays."""
    dialect = db.engine.dialect.name
    made = [each for each in guard_statements(dialect) if each.startswith("CREATE TRIGGER")]
    on = {"proposal_no_clash": "proposal"}
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in made:
            name = statement.split()[2]
            table = f" ON {on.get(name, 'clash')}" if dialect == "postgresql" else ""
            connection.execute(sa.text(f"DROP TRIGGER {name}{table}"))
    try:
        yield
    finally:
        db.session.rollback()
        with db.engine.begin() as connection:
            if dialect == "sqlite":  # another connection than before would still know them, until it has read something
                connection.execute(sa.text("SELECT count(*) FROM sqlite_master")).scalar()
            for statement in made:
                connection.execute(sa.text(statement))
