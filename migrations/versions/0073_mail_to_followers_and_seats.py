"""Followers hear of drafts, of meetings and that residents are asked; those with a seat hear of meetings."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("draft_answered", "draft_open", "meeting_followed", "meeting_seated", "works_asked")
TOPICS = ("drafts", "meetings")
CHECKS = {("message", "kind"): "ck_message_kind_known", ("mail_stop", "topic"): "ck_mail_stop_topic_known"}


def upgrade() -> None:
    op.create_table(
        "followers_told",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("project_id", NUMBER, nullable=True),
        sa.Column("window_id", NUMBER, nullable=True),
        sa.CheckConstraint(
            "(project_id IS NULL) <> (window_id IS NULL)", name=op.f("ck_followers_told_about_one_thing")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_followers_told_project_id")),
        sa.ForeignKeyConstraint(["window_id"], ["comment_window.id"], name=op.f("fk_followers_told_window_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followers_told")),
        sa.UniqueConstraint("project_id", name=op.f("uq_followers_told_project_id")),
        sa.UniqueConstraint("window_id", name=op.f("uq_followers_told_window_id")),
    )
    _know("message", "kind", sorted([*_known("message", "kind"), *KINDS]))
    _know("mail_stop", "topic", [*_known("mail_stop", "topic"), *TOPICS])


def downgrade() -> None:
    for table, column, added in (("message", "kind", KINDS), ("mail_stop", "topic", TOPICS)):
        listed = ", ".join(f"'{word}'" for word in added)
        op.execute(f"DELETE FROM {table} WHERE {column} IN ({listed})")
        _know(table, column, [word for word in _known(table, column) if word not in added])
    op.drop_table("followers_told")


def _known(table: str, column: str) -> list[str]:
    """The words of a column as the migrations before this one left them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    found = next(check["sqltext"] for check in checks if check["name"] == CHECKS[table, column])
    return re.findall(r"'([a-z_]+)'", found)


def _know(table: str, column: str, words: list[str]) -> None:
    listed, name = ", ".join(f"'{word}'" for word in words), op.f(CHECKS[table, column])
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(name, f"{column} IN ({listed})")
