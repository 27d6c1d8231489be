"""An edition can have sheets to fold, languages back to back, and plain text; paper ballots become a report."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

KINDS = (
    "agenda annual booklet completion delivery letter minutes one-pager progress questions reconciliation results"
    " setbacks"
).split()
FORMS = "readers large archive draft".split()
NEW_KINDS = sorted([*KINDS, "paper-ballot"])
NEW_FORMS = [*FORMS, "sheets", "both", "text"]
KEPT = "kind line neighborhood_id snapshot data_hash figures_hash languages".split()
GUARDED = ("edition", "edition_file", "edition_withdrawal")
OF_NEW_KIND = "edition_id IN (SELECT id FROM edition WHERE kind = 'paper-ballot')"


def upgrade() -> None:
    _know("edition", "kind", NEW_KINDS)
    _know("edition_file", "form", NEW_FORMS)
    _guard_again()


def downgrade() -> None:
    for table in GUARDED:
        _unguard(table)
    op.execute(f"DELETE FROM edition_withdrawal WHERE {OF_NEW_KIND}")
    op.execute(f"DELETE FROM edition_file WHERE {OF_NEW_KIND} OR form IN ('sheets', 'both', 'text')")
    op.execute("DELETE FROM edition WHERE kind = 'paper-ballot'")
    _know("edition", "kind", KINDS)
    _know("edition_file", "form", FORMS)
    _guard_again()
    if _is_sqlite():
        _run(append_only_statements("edition_withdrawal", "sqlite"))
    else:
        _run([f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in GUARDED])


def _know(table: str, column: str, known: list[str]) -> None:
    name = op.f(f"ck_{table}_{column}_known")
    listed = ", ".join(f"'{word}'" for word in known)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(name, f"{column} IN ({listed})")


def _unguard(table: str) -> None:
    if not _is_sqlite():
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    query = sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    for name in op.get_bind().execute(query, {"table": table}).scalars().all():
        op.execute(f"DROP TRIGGER {name}")


def _guard_again() -> None:
    """SQLite has built the tables anew, without the triggers that keep their rows."""
    if not _is_sqlite():
        return
    differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
    broken = (
        f"(OLD.stage <> 'signing' AND ({differs}))"
        " OR (OLD.stage = 'published' AND NEW.stage NOT IN ('published', 'withdrawn'))"
        " OR (OLD.stage IN ('withdrawn', 'dropped') AND NEW.stage <> OLD.stage)"
        " OR (OLD.published_at IS NOT NULL AND NEW.published_at <> OLD.published_at)"
    )
    frozen = (
        f"CREATE TRIGGER edition_frozen BEFORE UPDATE ON edition WHEN {broken} "
        "BEGIN SELECT RAISE(ABORT, 'an edition is frozen'); END"
    )
    _run(append_only_statements("edition_file", "sqlite"))
    _run([*never_deleted_statements("edition", "sqlite"), frozen])


def _run(statements: list[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
