"""Stories of finished milestones, and mail about updates that wait for a co-chair."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLE = "milestone_story"
MAIL = "ck_message_kind_known"
NEW = {"update_waits"}
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
    _know(_known() | NEW)


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind = 'update_waits'")
    _know(_known() - NEW)
    op.drop_index("uq_milestone_story_one_that_stands", table_name=TABLE)
    op.drop_table(TABLE)


def _known() -> set[str]:
    """The kinds of mail as the migrations before this one left them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("message")
    found = next(check["sqltext"] for check in checks if check["name"] == MAIL)
    return set(re.findall(r"'([a-z_]+)'", found))


def _know(kinds: set[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(op.f(MAIL), type_="check")
    with op.batch_alter_table("message") as batch:
        batch.create_check_constraint(op.f(MAIL), f"kind IN ({listed})")
