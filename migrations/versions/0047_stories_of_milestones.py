"""Stories of finished milestones."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLE = "milestone_story"
CHECKS = {
    "quote_of_somebody": "(quote IS NULL) = (quoted IS NULL)",
    "quoted_with_consent": "quote IS NULL OR quote_agreed",
    "taken_down_without_its_words": (
        "(taken_down_at IS NULL) = (taken_down_reason IS NULL)"
        " AND (taken_down_at IS NULL OR (length(before) = 0 AND length(after) = 0 AND quote IS NULL))"
    ),
}
LINKS = {
    "milestone_id": "milestone.id",
    "person_id": "person.id",
    "before_picture_id": "update_picture.id",
    "after_picture_id": "update_picture.id",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("milestone_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("quoted", sa.String(120), nullable=True),
        sa.Column("quote_agreed", sa.Boolean(), nullable=False),
        sa.Column("before_picture_id", NUMBER, nullable=True),
        sa.Column("after_picture_id", NUMBER, nullable=True),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("taken_down_at", MOMENT, nullable=True),
        sa.Column("taken_down_reason", sa.Text(), nullable=True),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}")) for name, condition in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{TABLE}_{column}"))
            for column, target in LINKS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    stands = sa.text("taken_down_at IS NULL")
    op.create_index(
        "uq_milestone_story_one_that_stands",
        TABLE,
        ["milestone_id"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )


def downgrade() -> None:
    op.drop_index("uq_milestone_story_one_that_stands", table_name=TABLE)
    op.drop_table(TABLE)
