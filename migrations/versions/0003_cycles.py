"""Cycles, phases and rule cards."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("rule_card",)


def upgrade() -> None:
    op.create_table(
        "cycle",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("neighborhood_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pot_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contingency_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "collecting",
                "reviewing",
                "ballot_fixed",
                "voting",
                "counting",
                "certified",
                "delivering",
                "closed",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("count_rule", sa.String(length=40), nullable=False),
        sa.Column("max_ranks", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "leftover_rule",
            sa.Enum(
                "next_cycle",
                "contingency",
                name="leftover_rule_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "publication_level",
            sa.Enum(
                "full", "totals", name="publication_level_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "contingency_cents >= 0 AND contingency_cents < pot_cents", name=op.f("ck_cycle_contingency_within_pot")
        ),
        sa.CheckConstraint("max_ranks BETWEEN 1 AND 20", name=op.f("ck_cycle_max_ranks_in_reach")),
        sa.CheckConstraint("pot_cents > 0", name=op.f("ck_cycle_pot_holds_money")),
        sa.ForeignKeyConstraint(["neighborhood_id"], ["neighborhood.id"], name=op.f("fk_cycle_neighborhood_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("neighborhood_id", "slug", name=op.f("uq_cycle_neighborhood_id_slug")),
    )
    op.create_table(
        "phase",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "collecting",
                "reviewing",
                "voting",
                "counting",
                "delivering",
                name="kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_phase_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_phase_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("cycle_id", "kind", name=op.f("uq_phase_cycle_id_kind")),
    )
    op.create_table(
        "rule_card",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("lot_commitment", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_rule_card_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_card")),
        sa.UniqueConstraint("cycle_id", name=op.f("uq_rule_card_cycle_id")),
    )
    for table in APPEND_ONLY:
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("rule_card")
    op.drop_table("phase")
    op.drop_table("cycle")
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only")
