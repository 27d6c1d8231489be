"""What a cycle asks before its ballot is fixed, short texts, and what stands beside an option for good."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
APPEND_ONLY = ("ballot_translation", "ballot_line")
TEXT_CHECKS = {
    "at_most_sixty_words": "word_count BETWEEN 1 AND 60",
    "approved_whole": "(approved_at IS NULL) = (approved_as IS NULL)"
    " AND (approved_at IS NULL) = (approved_by_id IS NULL)",
    "a_clerk_says_why": "(approved_as IS NOT NULL AND approved_as = 'clerk') = (reason IS NOT NULL)",
    "approved_by_its_author": "approved_as <> 'author' OR approved_by_id = author_id",
    "settled_by_another_than_its_writer": "approved_as <> 'clerk' OR (approved_by_id <> written_by_id"
    " AND approved_by_id <> author_id)",
}


def upgrade() -> None:
    _plan()
    _texts()
    _lines()
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in append_only_statements(table, dialect):
            op.execute(statement)
    for statement in never_deleted_statements("ballot_text", dialect):
        op.execute(statement)


def _plan() -> None:
    op.create_table(
        "ballot_plan",
        sa.Column("cycle_id", NUMBER, autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("asks_short_texts", "asks_task_forces")),
        sa.Column("asks_confirmation", sa.Boolean(), nullable=False),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("texts_until", "prices_from", "prices_until")),
        sa.CheckConstraint(
            "(prices_from IS NULL) = (prices_until IS NULL)", name=op.f("ck_ballot_plan_prices_phase_whole")
        ),
        sa.CheckConstraint(
            "prices_from IS NULL OR prices_from < prices_until",
            name=op.f("ck_ballot_plan_prices_phase_ends_after_it_starts"),
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_ballot_plan_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_ballot_plan")),
    )


def _texts() -> None:
    op.create_table(
        "ballot_text",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "proposal_id", "number", "author_id")),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("word_count", NUMBER, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("written_by_id", NUMBER, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column(
            "approved_as",
            sa.Enum("author", "clerk", name="approved_as_known", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("approved_by_id", NUMBER, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_ballot_text_{name}")) for name, rule in TEXT_CHECKS.items()),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_ballot_text_proposal_id")),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_ballot_text_{name}"))
            for name in ("author_id", "written_by_id", "approved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_text")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_ballot_text_proposal_id_number")),
    )
    op.create_table(
        "ballot_translation",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "text_id")),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("word_count", NUMBER, nullable=False),
        sa.Column("written_by_id", NUMBER, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.CheckConstraint("word_count BETWEEN 1 AND 60", name=op.f("ck_ballot_translation_at_most_sixty_words")),
        sa.ForeignKeyConstraint(["text_id"], ["ballot_text.id"], name=op.f("fk_ballot_translation_text_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_ballot_translation_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_translation")),
    )
    op.create_index("ix_ballot_translation_text_id_language", "ballot_translation", ["text_id", "language"])


def _lines() -> None:
    op.create_table(
        "ballot_line",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=20), nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=True),
        sa.Column("wordings", sa.JSON(), nullable=False),
        sa.Column("running_cost_cents", NUMBER, nullable=True),
        sa.Column("task_force_slug", sa.String(length=60), nullable=True),
        sa.Column("task_force", sa.String(length=120), nullable=True),
        sa.CheckConstraint("running_cost_cents >= 0", name=op.f("ck_ballot_line_running_cost_not_negative")),
        sa.CheckConstraint(
            "(task_force_slug IS NULL) = (task_force IS NULL)", name=op.f("ck_ballot_line_task_force_whole")
        ),
        sa.ForeignKeyConstraint(
            ["vote_id", "number"], ["option.vote_id", "option.number"], name=op.f("fk_ballot_line_vote_id_number")
        ),
        sa.PrimaryKeyConstraint("vote_id", "number", name=op.f("pk_ballot_line")),
    )


def downgrade() -> None:
    for table in ("ballot_line", "ballot_translation", "ballot_text", "ballot_plan"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only")
        op.execute("DROP FUNCTION IF EXISTS ballot_text_no_delete")
