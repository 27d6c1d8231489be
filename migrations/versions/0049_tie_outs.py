"""The ledger held against the council's books, month by month, and the differences explained."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CHECKS = {
    "by_reference_or_entry": "(reference IS NULL) = (entry_number IS NOT NULL)",
    "differs": "ledger_cents <> council_cents",
    "explained_whole": "(reason IS NULL) = (explanation IS NULL) AND (reason IS NULL) = (explained_by_id IS NULL)"
    " AND (reason IS NULL) = (explained_at IS NULL)",
}


def upgrade() -> None:
    op.create_table(
        "tie_out",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "cycle_id", "number", "rows", "by_id")),
        sa.Column("month_on", sa.Date(), nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("ledger_cents", "council_cents")),
        *(sa.Column(name, sa.String(length=64), nullable=False) for name in ("file_hash", "ledger_head")),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["pot_account.cycle_id"], name=op.f("fk_tie_out_cycle_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_tie_out_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie_out")),
        sa.UniqueConstraint("cycle_id", "month_on", "number", name=op.f("uq_tie_out_cycle_id_month_on_number")),
    )
    op.create_table(
        "tie_out_difference",
        *(sa.Column(name, NUMBER, autoincrement=False, nullable=False) for name in ("tie_out_id", "position")),
        sa.Column("kind", _words("kind_known", "amount", "only_council", "only_ledger"), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("entry_number", NUMBER, nullable=True),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("ledger_cents", "council_cents")),
        sa.Column(
            "reason",
            _words("reason_known", "later", "council_error", "our_error", "other_budget", "other"),
            nullable=True,
        ),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("explained_by_id", NUMBER, nullable=True),
        sa.Column("explained_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_tie_out_difference_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(["tie_out_id"], ["tie_out.id"], name=op.f("fk_tie_out_difference_tie_out_id")),
        sa.ForeignKeyConstraint(["explained_by_id"], ["person.id"], name=op.f("fk_tie_out_difference_explained_by_id")),
        sa.PrimaryKeyConstraint("tie_out_id", "position", name=op.f("pk_tie_out_difference")),
    )
    dialect = op.get_bind().dialect.name
    for statement in append_only_statements("tie_out", dialect):
        op.execute(statement)
    for statement in never_deleted_statements("tie_out_difference", dialect):
        op.execute(statement)


def downgrade() -> None:
    for table in ("tie_out_difference", "tie_out"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS tie_out_append_only")
        op.execute("DROP FUNCTION IF EXISTS tie_out_difference_no_delete")


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)
