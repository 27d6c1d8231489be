"""Papers of an agenda."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "meeting_paper",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("pages", NUMBER, nullable=False),
        sa.Column("weight", NUMBER, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_meeting_paper_has_a_title")),
        sa.CheckConstraint("pages >= 1 AND weight >= 1", name=op.f("ck_meeting_paper_is_not_empty")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_meeting_paper_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_paper")),
    )
    op.create_index("ix_meeting_paper_item_id", "meeting_paper", ["item_id"])
    op.create_index("ix_meeting_paper_digest", "meeting_paper", ["digest"], unique=True)


def downgrade() -> None:
    op.drop_table("meeting_paper")
