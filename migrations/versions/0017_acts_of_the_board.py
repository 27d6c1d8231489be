"""Witnesses of the log and accredited checkers are named by two members of the board."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECKER = {
    "agreed_by_another": "person_id <> agreed_by_id",
    "two_persons_accredit": "accredited_by_id <> agreed_by_id",
    "one_person_is_not_enough": "agreed_by_id IS NOT NULL OR withdrawn_at IS NOT NULL",
}
WITNESS = {
    "two_persons_name_a_witness": "requester_id <> approver_id",
    "named_by_both": "(requester_id IS NULL) = (approver_id IS NULL)",
}


def upgrade() -> None:
    # What one clerk has given alone is over; two members of the board can give it anew.
    op.execute("UPDATE checker SET withdrawn_at = CURRENT_TIMESTAMP WHERE withdrawn_at IS NULL")
    with op.batch_alter_table("checker") as batch:
        batch.add_column(sa.Column("agreed_by_id", NUMBER, nullable=True))
        batch.create_foreign_key(op.f("fk_checker_agreed_by_id"), "person", ["agreed_by_id"], ["id"])
        for name, condition in CHECKER.items():
            batch.create_check_constraint(op.f(f"ck_checker_{name}"), condition)
    with op.batch_alter_table("witness", table_kwargs={"sqlite_with_rowid": False}) as batch:
        for column in ("requester_id", "approver_id"):
            batch.add_column(sa.Column(column, NUMBER, nullable=True))
            batch.create_foreign_key(op.f(f"fk_witness_{column}"), "person", [column], ["id"])
        for name, condition in WITNESS.items():
            batch.create_check_constraint(op.f(f"ck_witness_{name}"), condition)
    _guard_witness()


def downgrade() -> None:
    with op.batch_alter_table("witness", table_kwargs={"sqlite_with_rowid": False}) as batch:
        for name in WITNESS:
            batch.drop_constraint(op.f(f"ck_witness_{name}"), type_="check")
        for column in ("requester_id", "approver_id"):
            batch.drop_constraint(op.f(f"fk_witness_{column}"), type_="foreignkey")
            batch.drop_column(column)
    _guard_witness()
    with op.batch_alter_table("checker") as batch:
        for name in CHECKER:
            batch.drop_constraint(op.f(f"ck_checker_{name}"), type_="check")
        batch.drop_constraint(op.f("fk_checker_agreed_by_id"), type_="foreignkey")
        batch.drop_column("agreed_by_id")


def _guard_witness() -> None:
    """SQLite has made the table anew, without the triggers that keep its rows."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in append_only_statements("witness", "sqlite"):
            op.execute(statement)
