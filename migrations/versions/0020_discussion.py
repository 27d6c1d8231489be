"""Comments on proposals with answers, reports of comments, and supports."""

import sqlalchemy as sa
from alembic import op

from app.core.db import never_deleted_statements

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
COMMENT = {
    "stance_unless_answer": "(parent_id IS NULL) = (stance IS NOT NULL)",
    "hidden_needs_reason": (
        "(hidden_at IS NULL) = (hidden_by_id IS NULL) AND (hidden_at IS NULL) = (hidden_reason IS NULL)"
        " AND (hidden_reason IS NULL OR length(trim(hidden_reason)) > 0)"
    ),
    "nobody_hides_their_own": "hidden_by_id <> author_id",
}
SETTLED = "(ending IS NULL) = (settled_at IS NULL) AND (ending IS NULL) = (settled_by_id IS NULL)"


def upgrade() -> None:
    with op.batch_alter_table("cycle") as batch:
        batch.add_column(sa.Column("hides_supports", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("cycle") as batch:
        batch.alter_column("hides_supports", server_default=None)
    _make_comment()
    _make_report()
    op.create_table(
        "support",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("supported_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_support_proposal_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint("proposal_id", "person_id", name=op.f("uq_support_proposal_id_person_id")),
    )
    op.create_index("ix_support_person_id", "support", ["person_id"])


def downgrade() -> None:
    op.drop_table("support")
    for table in ("comment_report", "comment"):
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {table}_no_delete()")
    with op.batch_alter_table("cycle") as batch:
        batch.drop_column("hides_supports")


def _make_comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.Column("author_id", NUMBER, nullable=False),
        sa.Column("stance", _word("stance_known", "for", "against", "neutral"), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.Column("hidden_at", MOMENT, nullable=True),
        sa.Column("hidden_by_id", NUMBER, nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_comment_{name}")) for name, condition in COMMENT.items()),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_comment_proposal_id")),
        sa.ForeignKeyConstraint(
            ["parent_id", "proposal_id"],
            ["comment.id", "comment.proposal_id"],
            name=op.f("fk_comment_answer_same_proposal"),
        ),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_comment_{name}"))
            for name in ("author_id", "hidden_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("id", "proposal_id", name=op.f("uq_comment_id_proposal_id")),
    )
    op.create_index("ix_comment_proposal_id_parent_id", "comment", ["proposal_id", "parent_id"])
    op.create_index("ix_comment_parent_id", "comment", ["parent_id"])
    _guard("comment")


def _make_report() -> None:
    concerns = ("insult", "private", "threat", "false", "advertising", "other")
    op.create_table(
        "comment_report",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("comment_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("concern", _word("concern_known", *concerns), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("ending", _word("ending_known", "hidden", "left"), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by_id", NUMBER, nullable=True),
        sa.CheckConstraint(SETTLED, name=op.f("ck_comment_report_settled_by_somebody")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_report_comment_id")),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_comment_report_{name}"))
            for name in ("person_id", "settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_report")),
        sa.UniqueConstraint("comment_id", "person_id", name=op.f("uq_comment_report_comment_id_person_id")),
    )
    op.create_index("ix_comment_report_ending", "comment_report", ["ending"])
    _guard("comment_report")


def _guard(table: str) -> None:
    for statement in never_deleted_statements(table, op.get_bind().dialect.name):
        op.execute(statement)


def _word(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)
