"""Stories of milestones, updates in other languages that nobody changes any more, mail about those that wait."""

import re

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLE = "milestone_story"
UPDATES = "project_update"
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
    _add_versions()
    for statement in append_only_statements(UPDATES, op.get_bind().dialect.name):
        op.execute(statement)
    _know(_known() | NEW)


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind = 'update_waits'")
    _know(_known() - NEW)
    _let_updates_be_changed()
    op.drop_table("update_version")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS update_version_append_only")
    op.drop_index("uq_milestone_story_one_that_stands", table_name=TABLE)
    op.drop_table(TABLE)


def _let_updates_be_changed() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {UPDATES}_append_only ON {UPDATES}")
        op.execute(f"DROP FUNCTION {UPDATES}_append_only()")
        return
    for verb in ("update", "delete"):
        op.execute(f"DROP TRIGGER {UPDATES}_no_{verb}")


def _add_versions() -> None:
    name = "update_version"
    said = "length(trim(what_changed)) > 0 AND length(trim(why)) > 0 AND length(trim(what_next)) > 0"
    op.create_table(
        name,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("update_id", NUMBER, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("what_next", sa.Text(), nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("translated_at", MOMENT, nullable=False),
        sa.CheckConstraint(said, name=op.f("ck_update_version_all_three_answers")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_update_version_counted_from_one")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_update_version_person_id")),
        sa.ForeignKeyConstraint(["update_id"], ["project_update.id"], name=op.f("fk_update_version_update_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_version")),
        sa.UniqueConstraint(
            "update_id", "language", "number", name=op.f("uq_update_version_update_id_language_number")
        ),
    )
    for statement in append_only_statements(name, op.get_bind().dialect.name):
        op.execute(statement)


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
