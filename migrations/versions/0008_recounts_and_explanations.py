"""Recounts without an option, the second count in the background, explanations, and lots given by an imported file."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CHECKS = {
    "certified_once_checked": "certified_at IS NULL OR check_stage = 'agreed'",
    "check_percent_is_one": "check_percent BETWEEN 0 AND 100",
    "recount_has_its_reason": "(number = 1) = (withdrawn_reason IS NULL)",
}
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "explanation",
        sa.Column("result_id", NUMBER, nullable=False),
        sa.Column("percent", NUMBER, nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(content IS NULL) = (made_at IS NULL)", name=op.f("ck_explanation_made_when_it_has_content")
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_explanation_percent_is_one")),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_explanation_result_id")),
        sa.PrimaryKeyConstraint("result_id", name=op.f("pk_explanation")),
    )
    _widen_result()
    with op.batch_alter_table("rule_card") as batch:
        batch.alter_column("lot_commitment", existing_type=sa.String(length=64), nullable=True)
    if op.get_bind().dialect.name == "sqlite":
        # SQLite builds the table anew, and its triggers are not taken along.
        for statement in append_only_statements("rule_card", "sqlite"):
            op.execute(statement)


def _widen_result() -> None:
    """Every count kept so far was checked before it was kept, so the default of the new columns tells the truth."""
    stage = sa.Enum(
        "waiting", "agreed", "differs", name="check_stage_known", native_enum=False, create_constraint=True, length=40
    )
    with op.batch_alter_table("result") as batch:
        batch.alter_column("lot_seed", existing_type=sa.String(length=64), nullable=True)
        batch.add_column(sa.Column("withdrawn", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("withdrawn_reason", sa.Text(), nullable=True))
        batch.add_column(sa.Column("check_stage", stage, nullable=False, server_default="agreed"))
        batch.add_column(sa.Column("check_percent", NUMBER, nullable=False, server_default="100"))
        batch.add_column(sa.Column("check_note", sa.Text(), nullable=True))
    with op.batch_alter_table("result") as batch:
        for column in ("withdrawn", "check_stage", "check_percent"):
            batch.alter_column(column, server_default=None)
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_result_{name}"), condition)


def downgrade() -> None:
    op.drop_table("explanation")
    with op.batch_alter_table("result") as batch:
        for name in (*CHECKS, "check_stage_known"):
            batch.drop_constraint(op.f(f"ck_result_{name}"), type_="check")
        for column in ("withdrawn", "withdrawn_reason", "check_stage", "check_percent", "check_note"):
            batch.drop_column(column)
        batch.alter_column("lot_seed", existing_type=sa.String(length=64), nullable=False)
    with op.batch_alter_table("rule_card") as batch:
        batch.alter_column("lot_commitment", existing_type=sa.String(length=64), nullable=False)
    if op.get_bind().dialect.name == "sqlite":
        for statement in append_only_statements("rule_card", "sqlite"):
            op.execute(statement)
