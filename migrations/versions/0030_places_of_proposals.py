"""Where proposals are: spots for everybody, and apart from them those of private addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ON_THE_GLOBE = "longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90"
ONLY_A_POINT = "(kind = 'point') = (longitude IS NOT NULL) AND (kind = 'point') = (latitude IS NOT NULL)"
IN_AN_AREA = "(kind IN ('point', 'area')) = (area_id IS NOT NULL)"
KINDS = ("point", "area", "words", "everywhere")


def upgrade() -> None:
    kind = sa.Enum(*KINDS, name="kind_known", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "proposal_spot",
        sa.Column("proposal_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("area_id", NUMBER, nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(ONLY_A_POINT, name=op.f("ck_proposal_spot_only_a_point_has_degrees")),
        sa.CheckConstraint(IN_AN_AREA, name=op.f("ck_proposal_spot_on_the_map_in_an_area")),
        sa.CheckConstraint(ON_THE_GLOBE, name=op.f("ck_proposal_spot_on_the_globe")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_proposal_spot_area_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_spot_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_spot")),
    )
    op.create_table(
        "exact_spot",
        sa.Column("proposal_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.CheckConstraint(ON_THE_GLOBE, name=op.f("ck_exact_spot_on_the_globe")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal_spot.proposal_id"], name=op.f("fk_exact_spot_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_exact_spot")),
    )


def downgrade() -> None:
    op.drop_table("exact_spot")
    op.drop_table("proposal_spot")
