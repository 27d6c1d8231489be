"""Words about somebody else are kept back, parts of proposals are reported and hidden, and proposals are split."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PARTS = ("proposal", "attachment", "revision", "comment")
STANDS = sa.text("shown_at IS NULL")
CHECKS = {
    "ended_by_somebody": "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
    "removed_with_reason": (
        "ending IS NULL OR ending <> 'removed' OR (reason IS NOT NULL AND length(trim(reason)) > 0)"
    ),
    "has_words": "length(trim(words)) > 0",
}


def upgrade() -> None:
    _make_withheld()
    op.create_table(
        "original_reading",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("withheld_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(trim(purpose)) > 0", name=op.f("ck_original_reading_has_purpose")),
        sa.ForeignKeyConstraint(["withheld_id"], ["withheld_words.id"], name=op.f("fk_original_reading_withheld_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_original_reading_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_original_reading")),
    )
    op.create_index("ix_original_reading_withheld_id", "original_reading", ["withheld_id"])
    _run(append_only_statements("original_reading", op.get_bind().dialect.name))
    _make_report()
    _make_hiding()
    _make_split()


def downgrade() -> None:
    op.drop_table("split_part")
    op.drop_table("split_request")
    for table in ("hiding", "part_report", "original_reading", "withheld_words"):
        function = "append_only" if table == "original_reading" else "no_delete"
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION {table}_{function}()")


def _make_withheld() -> None:
    op.create_table(
        "withheld_words",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("kind", _word("kind_known", "name", "address", "phone", "mail", "age"), nullable=False),
        sa.Column(
            "ending", _word("ending_known", "no_name", "may_stand", "removed", "taken_out"), nullable=True
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("mark", sa.String(60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("held_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ended_by_id", NUMBER, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_withheld_words_{name}")) for name, condition in CHECKS.items()),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_withheld_words_proposal_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_withheld_words_ended_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withheld_words")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_withheld_words_proposal_id_number")),
    )
    op.create_index("ix_withheld_words_ending", "withheld_words", ["ending"])
    _run(never_deleted_statements("withheld_words", op.get_bind().dialect.name))


def _make_report() -> None:
    settled = "(ending IS NULL) = (settled_at IS NULL) AND (ending IS NULL) = (settled_by_id IS NULL)"
    unique = ["proposal_id", "part", "part_id", "person_id"]
    concerns = ("insult", "private", "threat", "false", "advertising", "other")
    op.create_table(
        "part_report",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("part", _word("part_known", *PARTS), nullable=False),
        sa.Column("part_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("concern", _word("concern_known", *concerns), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("ending", _word("ending_known", "hidden", "left"), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by_id", NUMBER, nullable=True),
        sa.CheckConstraint(settled, name=op.f("ck_part_report_settled_by_somebody")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_part_report_proposal_id")),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_part_report_{name}"))
            for name in ("person_id", "settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_report")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_part_report_{'_'.join(unique)}")),
    )
    op.create_index("ix_part_report_ending", "part_report", ["ending"])
    _run(never_deleted_statements("part_report", op.get_bind().dialect.name))


def _make_hiding() -> None:
    shown = "(shown_at IS NULL) = (shown_by_id IS NULL) AND (shown_at IS NULL) = (shown_reason IS NULL)"
    op.create_table(
        "hiding",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("part", _word("part_known", *PARTS), nullable=False),
        sa.Column("part_id", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hidden_by_id", NUMBER, nullable=False),
        sa.Column("hidden_at", MOMENT, nullable=False),
        sa.Column("shown_reason", sa.Text(), nullable=True),
        sa.Column("shown_by_id", NUMBER, nullable=True),
        sa.Column("shown_at", MOMENT, nullable=True),
        sa.CheckConstraint(shown, name=op.f("ck_hiding_shown_with_reason")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_hiding_hidden_with_reason")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_hiding_proposal_id")),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_hiding_{name}"))
            for name in ("hidden_by_id", "shown_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hiding")),
    )
    op.create_index(
        "ix_hiding_stands",
        "hiding",
        ["proposal_id", "part", "part_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    _run(never_deleted_statements("hiding", op.get_bind().dialect.name))


def _make_split() -> None:
    ended = "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)"
    op.create_table(
        "split_request",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("asker_id", NUMBER, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ending", _word("ending_known", "agreed", "declined", "taken_back"), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("ended_by_id", NUMBER, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint(ended, name=op.f("ck_split_request_ended_by_somebody")),
        sa.CheckConstraint(
            "ending <> 'declined' OR answer IS NOT NULL", name=op.f("ck_split_request_declined_with_reason")
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_split_request_proposal_id")),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_split_request_{name}"))
            for name in ("asker_id", "ended_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_split_request")),
    )
    waits = sa.text("ending IS NULL")
    unique = {"unique": True, "sqlite_where": waits, "postgresql_where": waits}
    op.create_index("ix_split_request_open", "split_request", ["proposal_id"], **unique)
    op.create_index("ix_split_request_proposal_id", "split_request", ["proposal_id"])
    op.create_table(
        "split_part",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("request_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=True),
        sa.CheckConstraint("position BETWEEN 1 AND 4", name=op.f("ck_split_part_four_parts_at_the_most")),
        sa.ForeignKeyConstraint(["request_id"], ["split_request.id"], name=op.f("fk_split_part_request_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_split_part_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_split_part")),
        sa.UniqueConstraint("request_id", "position", name=op.f("uq_split_part_request_id_position")),
    )
    op.create_index("ix_split_part_proposal_id", "split_part", ["proposal_id"], unique=True)


def _run(statements: list[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _word(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)
