"""Residents say whether a completed project works: who answered, and apart from it how many gave which answer."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORKS = sa.Enum("yes", "partly", "no", name="works_known", native_enum=False, create_constraint=True, length=40)
GUARDS = {
    "confirmation_giver": append_only_statements,
    "confirmation_paper": append_only_statements,
    "confirmation_tally": never_deleted_statements,
}


def upgrade() -> None:
    op.create_table(
        "confirmation_giver",
        sa.Column("project_id", NUMBER, sa.ForeignKey("project.id"), primary_key=True, autoincrement=False),
        sa.Column("person_id", NUMBER, sa.ForeignKey("person.id"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_confirmation_giver_person_id", "confirmation_giver", ["person_id"])
    op.create_table(
        "confirmation_tally",
        sa.Column("project_id", NUMBER, sa.ForeignKey("project.id"), primary_key=True, autoincrement=False),
        sa.Column("works", WORKS, primary_key=True),
        sa.Column("answers", NUMBER, nullable=False),
        sa.CheckConstraint("answers > 0", name="somebody_answered"),
    )
    op.create_table(
        "confirmation_paper",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("project_id", NUMBER, sa.ForeignKey("project.id"), nullable=False),
        sa.Column("yes", NUMBER, nullable=False),
        sa.Column("partly", NUMBER, nullable=False),
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("counted_by_id", NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("counted_at", MOMENT, nullable=False),
        sa.CheckConstraint("yes >= 0 AND partly >= 0 AND no >= 0", name="not_negative"),
        sa.CheckConstraint("length(trim(how)) > 0", name="says_how"),
    )
    op.create_index("ix_confirmation_paper_project_id", "confirmation_paper", ["project_id"])
    for table, statements in GUARDS.items():
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table, statements in GUARDS.items():
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            word = "append_only" if statements is append_only_statements else "no_delete"
            op.execute(f"DROP FUNCTION IF EXISTS {table}_{word}")
