"""Proposals, reviews and costings."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = ("review", "costing", "costing_line")


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "submitted",
                "needs_changes",
                "feasible",
                "not_feasible",
                "withdrawn",
                "on_ballot",
                "funded",
                "not_funded",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("watches_people", sa.Boolean(), nullable=False),
        sa.Column("impact_note", sa.Text(), nullable=True),
        sa.Column("cost_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(stage = 'draft') <= (number IS NULL)", name=op.f("ck_proposal_draft_has_no_number")),
        sa.CheckConstraint(
            "(stage = 'draft') OR (number IS NOT NULL AND submitted_at IS NOT NULL) OR stage = 'withdrawn'",
            name=op.f("ck_proposal_numbered_once_submitted"),
        ),
        sa.CheckConstraint(
            "NOT watches_people OR stage NOT IN ('feasible', 'on_ballot', 'funded', 'not_funded')"
            " OR impact_note IS NOT NULL",
            name=op.f("ck_proposal_impact_noted_before_the_ballot"),
        ),
        sa.CheckConstraint(
            "stage NOT IN ('feasible', 'on_ballot', 'funded', 'not_funded') OR cost_cents IS NOT NULL",
            name=op.f("ck_proposal_cost_known_once_feasible"),
        ),
        sa.CheckConstraint("cost_cents IS NULL OR cost_cents >= 0", name=op.f("ck_proposal_cost_not_negative")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_proposal_area_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_proposal_author_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_proposal_category_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_proposal_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_proposal_cycle_id_number")),
    )
    op.create_index("ix_proposal_cycle_id_stage", "proposal", ["cycle_id", "stage"], unique=False)
    op.create_table(
        "estimate_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("amount_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_estimate_line_amount_not_negative")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_estimate_line_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estimate_line")),
        sa.UniqueConstraint("proposal_id", "position", name=op.f("uq_estimate_line_proposal_id_position")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "feasible",
                "needs_changes",
                "not_feasible",
                name="decision_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "meets_criteria",
                "unclear",
                "cost_unknown",
                "outside_area",
                "not_ours_to_decide",
                "against_the_law",
                "costs_more_than_pot",
                "already_planned",
                name="reason_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_review_officer_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_review_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_proposal_id", "review", ["proposal_id"], unique=False)
    op.create_table(
        "costing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("officer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cost_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("running_cost_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("costed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_costing_cost_not_negative")),
        sa.CheckConstraint("running_cost_cents >= 0", name=op.f("ck_costing_running_cost_not_negative")),
        sa.ForeignKeyConstraint(["officer_id"], ["person.id"], name=op.f("fk_costing_officer_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_costing_proposal_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_costing_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_costing")),
        sa.UniqueConstraint("review_id", name=op.f("uq_costing_review_id")),
    )
    op.create_index("ix_costing_proposal_id", "costing", ["proposal_id"], unique=False)
    op.create_table(
        "costing_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("costing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("amount_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_costing_line_amount_not_negative")),
        sa.ForeignKeyConstraint(["costing_id"], ["costing.id"], name=op.f("fk_costing_line_costing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_costing_line")),
        sa.UniqueConstraint("costing_id", "position", name=op.f("uq_costing_line_costing_id_position")),
    )
    for table in APPEND_ONLY:
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("costing_line")
    op.drop_index("ix_costing_proposal_id", table_name="costing")
    op.drop_table("costing")
    op.drop_index("ix_review_proposal_id", table_name="review")
    op.drop_table("review")
    op.drop_table("estimate_line")
    op.drop_index("ix_proposal_cycle_id_stage", table_name="proposal")
    op.drop_table("proposal")
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only")
