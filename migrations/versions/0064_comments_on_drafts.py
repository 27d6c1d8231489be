"""Drafts of reports that lie open, what residents said about them, who read it first, and what came of it."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLES = ("comment_term", "comment_window", "draft_comment", "draft_comment_reading", "draft_comment_answer")
KINDS = (
    "agenda",
    "annual",
    "booklet",
    "completion",
    "delivery",
    "letter",
    "minutes",
    "one-pager",
    "paper-ballot",
    "progress",
    "questions",
    "reconciliation",
    "results",
    "setbacks",
)


def upgrade() -> None:
    _windows()
    _comments()
    for table in TABLES:
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"DROP FUNCTION {table}_append_only()")


def _key(name: str, to: str, **more: bool) -> sa.Column[int]:
    return sa.Column(name, NUMBER, sa.ForeignKey(f"{to}.id"), nullable=False, **more)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _windows() -> None:
    op.create_table(
        "comment_term",
        sa.Column("id", NUMBER, primary_key=True),
        _key("cycle_id", "cycle"),
        sa.Column("days", NUMBER),
        _key("set_by_id", "person"),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.CheckConstraint("days IS NULL OR days BETWEEN 3 AND 60", name="days_that_suffice"),
    )
    op.create_index("ix_comment_term_cycle_id", "comment_term", ["cycle_id"])
    op.create_table(
        "comment_window",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("kind", _words("kind_known", *KINDS), nullable=False),
        sa.Column("line", sa.String(80), nullable=False),
        _key("neighborhood_id", "neighborhood"),
        sa.Column("title", sa.String(240), nullable=False),
        sa.Column("snapshot", sa.Text, nullable=False),
        sa.Column("data_hash", sa.String(64), nullable=False),
        _key("opened_by_id", "person"),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closes_on", sa.Date, nullable=False),
        sa.UniqueConstraint("line"),
    )


def _comments() -> None:
    op.create_table(
        "draft_comment",
        sa.Column("id", NUMBER, primary_key=True),
        _key("window_id", "comment_window"),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("public_name", sa.String(60)),
        sa.Column("on_paper", sa.Boolean, nullable=False),
        _key("person_id", "person"),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.UniqueConstraint("window_id", "number"),
        sa.CheckConstraint("number >= 1", name="counted_from_one"),
        sa.CheckConstraint("length(trim(words)) > 0", name="says_something"),
    )
    op.create_table(
        "draft_comment_reading",
        _key("comment_id", "draft_comment", primary_key=True, autoincrement=False),
        sa.Column("verdict", _words("verdict_known", "shown", "not_shown"), nullable=False),
        sa.Column("reason", sa.Text),
        _key("person_id", "person"),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.CheckConstraint("(verdict = 'not_shown') = (reason IS NOT NULL)", name="says_why_it_is_not_shown"),
    )
    op.create_table(
        "draft_comment_answer",
        _key("comment_id", "draft_comment", primary_key=True, autoincrement=False),
        sa.Column("response", sa.Text, nullable=False),
        sa.Column("change", sa.Text),
        _key("person_id", "person"),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(trim(response)) > 0", name="says_something"),
    )
