"""A nomination that nobody answered is closed with its task force; mail about nominations has kinds of its own."""

import re

import sqlalchemy as sa
from alembic import op

from app.core.db import never_deleted_statements

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

KINDS = ("nomination_answered", "somebody_nominated")
ANSWERED = "ck_nomination_answered_by_another"
BY_ANOTHER = "ending = 'taken_back' OR ended_by_id <> nominated_by_id"
OR_CLOSED = "ending IN ('closed', 'taken_back') OR ended_by_id <> nominated_by_id"
CHECKS = {("message", "kind"): "ck_message_kind_known", ("nomination", "ending"): "ck_nomination_ending_known"}


def upgrade() -> None:
    _know("message", "kind", sorted([*_known("message", "kind"), *KINDS]))
    _endings([*_known("nomination", "ending"), "closed"], OR_CLOSED)


def downgrade() -> None:
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    op.execute(f"DELETE FROM message WHERE kind IN ({listed})")
    _know("message", "kind", [kind for kind in _known("message", "kind") if kind not in KINDS])
    op.execute("UPDATE nomination SET ending = 'taken_back' WHERE ending = 'closed'")
    _endings([ending for ending in _known("nomination", "ending") if ending != "closed"], BY_ANOTHER)


def _endings(words: list[str], answered: str) -> None:
    """SQLite builds the table anew, and what keeps its rows is made again after that."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    kept = never_deleted_statements("nomination", "sqlite") if is_sqlite else []
    with op.batch_alter_table("nomination") as batch:
        batch.drop_constraint(op.f(ANSWERED), type_="check")
    with op.batch_alter_table("nomination") as batch:
        batch.create_check_constraint(op.f(ANSWERED), answered)
    _know("nomination", "ending", words)
    for statement in kept:
        op.execute(statement)


def _known(table: str, column: str) -> list[str]:
    """The words of a column as the migrations before this one left them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    found = next(check["sqltext"] for check in checks if check["name"] == CHECKS[table, column])
    return re.findall(r"'([a-z_]+)'", found)


def _know(table: str, column: str, words: list[str]) -> None:
    listed, name = ", ".join(f"'{word}'" for word in words), op.f(CHECKS[table, column])
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(name, f"{column} IN ({listed})")
