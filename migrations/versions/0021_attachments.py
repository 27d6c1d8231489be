"""Pictures and PDFs of proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "attachment"
CHECKS = {
    "five_pictures_and_three_pdfs": (
        "(kind = 'picture' AND place BETWEEN 1 AND 5) OR (kind = 'pdf' AND place BETWEEN 1 AND 3)"
    ),
    "has_words": "length(words) >= 3",
    "measured_by_kind": (
        "(kind = 'picture') = (small_digest IS NOT NULL) AND (kind = 'picture') = (width IS NOT NULL)"
        " AND (kind = 'picture') = (height IS NOT NULL) AND (kind = 'pdf') = (pages IS NOT NULL)"
    ),
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("picture", "pdf", name="kind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("small_digest", sa.String(64), nullable=True),
        sa.Column("width", NUMBER, nullable=True),
        sa.Column("height", NUMBER, nullable=True),
        sa.Column("pages", NUMBER, nullable=True),
        sa.Column("weight", NUMBER, nullable=False),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}")) for name, condition in CHECKS.items()),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f(f"fk_{TABLE}_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("proposal_id", "kind", "place", name=op.f(f"uq_{TABLE}_proposal_id_kind_place")),
    )
    op.create_index("ix_attachment_digest", TABLE, ["digest"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_attachment_digest", table_name=TABLE)
    op.drop_table(TABLE)
