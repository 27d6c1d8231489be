"""A third publication level (of each ballot only what the runoffs looked at), and who may hold the whole rankings."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECK = op.f("ck_cycle_publication_level_known")
BEFORE, AFTER = "publication_level IN ('full', 'totals')", "publication_level IN ('full', 'consulted', 'totals')"


def upgrade() -> None:
    _check(AFTER)
    op.create_table(
        "checker",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("accredited_by_id", NUMBER, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_checker_ends_after_it_starts")),
        sa.CheckConstraint("person_id <> accredited_by_id", name=op.f("ck_checker_accredited_by_another")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_checker_cycle_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_checker_person_id")),
        sa.ForeignKeyConstraint(["accredited_by_id"], ["person.id"], name=op.f("fk_checker_accredited_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checker")),
    )
    op.create_index("ix_checker_cycle_id_person_id", "checker", ["cycle_id", "person_id"])
    op.create_table(
        "full_copy",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("count", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_full_copy_cycle_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_full_copy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_full_copy")),
    )
    op.create_index("ix_full_copy_cycle_id", "full_copy", ["cycle_id"])
    for statement in append_only_statements("full_copy", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("full_copy")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION full_copy_append_only()")
    op.drop_table("checker")
    # What was promised may be less than before, never more.
    op.execute("UPDATE cycle SET publication_level = 'totals' WHERE publication_level = 'consulted'")
    _check(BEFORE)


def _check(condition: str) -> None:
    with op.batch_alter_table("cycle") as batch:
        batch.drop_constraint(CHECK, type_="check")
    with op.batch_alter_table("cycle") as batch:
        batch.create_check_constraint(CHECK, condition)
