"""A finding may wait for a second officer or for others to be published with; prices say where each amount comes from;
a wish for changes has a clock; officers answer a checklist."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PREPARED, ANSWER, SETTINGS, ITEM, LINE = (
    "prepared_finding",
    "checklist_answer",
    "review_settings",
    "checklist_item",
    "costing_line",
)
CHECKS = {
    "another_officer_agrees": "agreed_by_id IS NULL OR agreed_by_id <> officer_id",
    "agreed_whole": "(agreed_by_id IS NULL) = (agreed_at IS NULL)",
    "public_only_when_agreed": "review_id IS NULL OR NOT needs_second OR agreed_by_id IS NOT NULL",
    "ended_whole": "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
    "published_as_a_review": "(review_id IS NOT NULL) = (ending IS NOT NULL AND ending = 'published')",
    "sent_back_by_another": "ending IS NULL OR ending <> 'sent_back' OR ended_by_id <> officer_id",
}
MONEY_KNOWN = "ck_costing_line_money_known"


def _known(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.add_column("review", sa.Column("answer_until", MOMENT, nullable=True))
    op.add_column("costing", sa.Column("running_payer", sa.String(160), nullable=True))
    _say_where_amounts_come_from()
    _create_checklists()
    op.create_table(
        SETTINGS,
        sa.Column("cycle_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("second_above_cents", NUMBER, nullable=True),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.CheckConstraint("second_above_cents >= 0", name=op.f(f"ck_{SETTINGS}_threshold_not_negative")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f(f"fk_{SETTINGS}_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f(f"pk_{SETTINGS}")),
    )
    _create_prepared()


def _say_where_amounts_come_from() -> None:
    with op.batch_alter_table(LINE) as batch:
        batch.add_column(sa.Column("source", sa.String(200), nullable=True))
        batch.add_column(sa.Column("money", sa.String(40), nullable=False, server_default="capital"))
        batch.add_column(sa.Column("payer", sa.String(160), nullable=True))
    with op.batch_alter_table(LINE) as batch:
        batch.alter_column("money", server_default=None)
        batch.create_check_constraint(op.f(MONEY_KNOWN), "money IN ('capital', 'running')")
    _guard_again()


def _guard_again() -> None:
    """SQLite has built the table anew, without its triggers."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in append_only_statements(LINE, "sqlite"):
            op.execute(statement)


def _create_checklists() -> None:
    op.create_table(
        ITEM,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("category_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f(f"fk_{ITEM}_category_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ITEM}")),
        sa.UniqueConstraint("category_id", "position", name=op.f(f"uq_{ITEM}_category_id_position")),
        sa.UniqueConstraint("category_id", "question", name=op.f(f"uq_{ITEM}_category_id_question")),
    )
    op.create_table(
        ANSWER,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("review_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("reply", _known("reply_known", "yes", "no", "not_applicable"), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sentence) > 0", name=op.f(f"ck_{ANSWER}_has_a_sentence")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f(f"fk_{ANSWER}_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ANSWER}")),
        sa.UniqueConstraint("review_id", "position", name=op.f(f"uq_{ANSWER}_review_id_position")),
    )
    for statement in append_only_statements(ANSWER, op.get_bind().dialect.name):
        op.execute(statement)


def _create_prepared() -> None:
    people = ("officer_id", "agreed_by_id", "ended_by_id")
    op.create_table(
        PREPARED,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("officer_id", NUMBER, nullable=False),
        sa.Column(
            "decision", _known("decision_known", "feasible", "needs_changes", "not_feasible"), nullable=False
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at_stake_cents", NUMBER, nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.Column("agreed_by_id", NUMBER, nullable=True),
        sa.Column("agreed_at", MOMENT, nullable=True),
        sa.Column("ending", _known("ending_known", "published", "sent_back", "taken_back"), nullable=True),
        sa.Column("ended_by_id", NUMBER, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("review_id", NUMBER, nullable=True),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_{PREPARED}_{name}")) for name, condition in CHECKS.items()),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f(f"fk_{PREPARED}_proposal_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f(f"fk_{PREPARED}_review_id")),
        *(sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_{PREPARED}_{name}")) for name in people),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{PREPARED}")),
        sa.UniqueConstraint("review_id", name=op.f(f"uq_{PREPARED}_review_id")),
    )
    op.create_index(op.f(f"ix_{PREPARED}_proposal_id"), PREPARED, ["proposal_id"])
    op.create_index(
        f"ix_{PREPARED}_one_waits",
        PREPARED,
        ["proposal_id"],
        unique=True,
        sqlite_where=sa.text("ending IS NULL"),
        postgresql_where=sa.text("ending IS NULL"),
    )
    for statement in never_deleted_statements(PREPARED, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for table in (PREPARED, SETTINGS, ANSWER, ITEM):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {PREPARED}_no_delete")
        op.execute(f"DROP FUNCTION {ANSWER}_append_only")
    with op.batch_alter_table(LINE) as batch:
        batch.drop_constraint(op.f(MONEY_KNOWN), type_="check")
    with op.batch_alter_table(LINE) as batch:
        for name in ("payer", "money", "source"):
            batch.drop_column(name)
    _guard_again()
    op.drop_column("costing", "running_payer")
    op.drop_column("review", "answer_until")
