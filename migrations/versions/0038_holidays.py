"""Holidays: days that time limits in working days skip."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "holiday",
        sa.Column("neighborhood_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("holiday_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_holiday_has_a_name")),
        sa.ForeignKeyConstraint(["neighborhood_id"], ["neighborhood.id"], name=op.f("fk_holiday_neighborhood_id")),
        sa.PrimaryKeyConstraint("neighborhood_id", "holiday_on", name=op.f("pk_holiday")),
    )


def downgrade() -> None:
    op.drop_table("holiday")
