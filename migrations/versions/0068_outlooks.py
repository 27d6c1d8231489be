"""Before the vote officers say when a proposal would be built, and who would lead it."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "outlook",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("lead", sa.String(length=160), nullable=False),
        sa.Column("said_by_id", NUMBER, nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_outlook_begins_before_it_ends")),
        sa.CheckConstraint("length(lead) >= 2", name=op.f("ck_outlook_somebody_leads")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_outlook_proposal_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_outlook_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlook")),
    )
    op.create_index("ix_outlook_proposal_id", "outlook", ["proposal_id"])
    for statement in append_only_statements("outlook", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("outlook")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS outlook_append_only")
