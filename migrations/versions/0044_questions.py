"""Questions of residents, their answers and ratings, drafts, words taken out, and how to reach whoever asked."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ONE_SUBJECT = " + ".join(f"CASE WHEN {each}_id IS NULL THEN 0 ELSE 1 END" for each in ("project", "task_force", "area"))
TABLES = ("question", "answer", "answer_draft", "question_contact", "question_redaction", "answer_rating")


def upgrade() -> None:
    _question()
    _answer()
    _answer_draft()
    _question_contact()
    _question_redaction()
    _answer_rating()
    dialect = op.get_bind().dialect.name
    for table in ("question", "answer_rating"):
        for statement in never_deleted_statements(table, dialect):
            op.execute(statement)
    for table in ("answer", "question_redaction"):
        for statement in append_only_statements(table, dialect):
            op.execute(statement)


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)


def _question() -> None:
    op.create_table(
        "question",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("neighborhood_id", NUMBER, nullable=False),
        sa.Column("project_id", NUMBER, nullable=True),
        sa.Column("task_force_id", NUMBER, nullable=True),
        sa.Column("area_id", NUMBER, nullable=True),
        sa.Column("channel", _words("channel_known", "web", "desk"), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shown_text", sa.Text(), nullable=False),
        sa.Column("public_name", sa.String(length=60), nullable=True),
        sa.Column("asker_id", NUMBER, nullable=True),
        sa.Column("typed_by_id", NUMBER, nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "stage",
            _words(
                "stage_known",
                "received",
                "accepted",
                "assigned",
                "answered",
                "escalated",
                "closed",
                "declined",
                "merged",
            ),
            nullable=False,
        ),
        sa.Column("owner_id", NUMBER, nullable=True),
        sa.Column("merged_into_id", NUMBER, nullable=True),
        sa.Column(
            "decline_reason",
            _words("decline_reason_known", "not_ours", "personal", "insult", "advertising", "emergency", "other"),
            nullable=True,
        ),
        sa.Column("declined_words", sa.Text(), nullable=True),
        sa.Column("handled_by_id", NUMBER, nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("waited_days", NUMBER, nullable=True),
        sa.Column("escalated_on", sa.Date(), nullable=True),
        sa.Column("escalated_side", _words("escalated_side_known", "community", "institution"), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(channel = 'desk') = (typed_by_id IS NOT NULL)", name=op.f("ck_question_typed_in_at_the_desk")
        ),
        sa.CheckConstraint(
            "(stage = 'declined') = (decline_reason IS NOT NULL)"
            " AND (decline_reason IS NULL) = (declined_words IS NULL)",
            name=op.f("ck_question_declined_with_reason"),
        ),
        sa.CheckConstraint(
            "(stage = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_question_merged_into_another")
        ),
        sa.CheckConstraint(
            "(stage IN ('answered', 'escalated', 'closed')) = (answered_on IS NOT NULL)"
            " AND (answered_on IS NULL) = (waited_days IS NULL)",
            name=op.f("ck_question_answered_on_a_day"),
        ),
        sa.CheckConstraint(
            "(stage IN ('closed', 'declined', 'merged')) = (ended_on IS NOT NULL)",
            name=op.f("ck_question_ended_on_a_day"),
        ),
        sa.CheckConstraint(
            "stage <> 'assigned' OR owner_id IS NOT NULL", name=op.f("ck_question_assigned_to_somebody")
        ),
        sa.CheckConstraint(
            "stage <> 'escalated' OR escalated_on IS NOT NULL", name=op.f("ck_question_escalated_on_a_day")
        ),
        sa.CheckConstraint(
            f"{ONE_SUBJECT} <= 1",
            name=op.f("ck_question_about_one_thing"),
        ),
        sa.CheckConstraint("due_on > asked_on", name=op.f("ck_question_due_after_it_was_asked")),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_question_never_merged_into_itself")),
        sa.CheckConstraint("owner_id <> asker_id", name=op.f("ck_question_nobody_answers_themselves")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_question_area_id")),
        sa.ForeignKeyConstraint(["asker_id"], ["person.id"], name=op.f("fk_question_asker_id")),
        sa.ForeignKeyConstraint(["handled_by_id"], ["person.id"], name=op.f("fk_question_handled_by_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["question.id"], name=op.f("fk_question_merged_into_id")),
        sa.ForeignKeyConstraint(["neighborhood_id"], ["neighborhood.id"], name=op.f("fk_question_neighborhood_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_question_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_question_project_id")),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name=op.f("fk_question_task_force_id")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["person.id"], name=op.f("fk_question_typed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("number", name=op.f("uq_question_number")),
    )
    op.create_index("ix_question_area_id", "question", ["area_id"])
    op.create_index("ix_question_asker_id", "question", ["asker_id"])
    op.create_index("ix_question_merged_into_id", "question", ["merged_into_id"])
    op.create_index("ix_question_neighborhood_id_stage", "question", ["neighborhood_id", "stage"])
    op.create_index("ix_question_project_id", "question", ["project_id"])
    op.create_index("ix_question_task_force_id", "question", ["task_force_id"])


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("turn", NUMBER, nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("full", sa.Text(), nullable=True),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("side", _words("side_known", "community", "institution"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(trim(plain)) > 0", name=op.f("ck_answer_says_something_plain")),
        sa.CheckConstraint("turn IN (1, 2)", name=op.f("ck_answer_two_answers_at_the_most")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_person_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("question_id", "turn", name=op.f("uq_answer_question_id_turn")),
    )


def _answer_draft() -> None:
    op.create_table(
        "answer_draft",
        sa.Column("question_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("full", sa.Text(), nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_draft_person_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_draft_question_id")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_answer_draft")),
    )


def _question_contact() -> None:
    op.create_table(
        "question_contact",
        sa.Column("question_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("otherwise", sa.String(length=200), nullable=True),
        sa.Column("passed_on", NUMBER, nullable=False),
        sa.CheckConstraint(
            "(email IS NULL) <> (otherwise IS NULL)", name=op.f("ck_question_contact_one_way_to_reach_them")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_contact_question_id")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_contact")),
    )


def _question_redaction() -> None:
    op.create_table(
        "question_redaction",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("why", _words("why_known", "insult", "personal"), nullable=False),
        sa.Column("passages", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=False),
        sa.CheckConstraint("passages > 0", name=op.f("ck_question_redaction_takes_something_out")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_question_redaction_person_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_redaction_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_redaction")),
    )
    op.create_index("ix_question_redaction_question_id", "question_redaction", ["question_id"])


def _answer_rating() -> None:
    op.create_table(
        "answer_rating",
        sa.Column("answer_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("verdict", _words("verdict_known", "answered", "partly", "not"), nullable=False),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("entered_by_id", NUMBER, nullable=True),
        sa.CheckConstraint(
            "verdict <> 'not' OR missing IS NOT NULL", name=op.f("ck_answer_rating_not_with_what_is_missing")
        ),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_answer_rating_answer_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["person.id"], name=op.f("fk_answer_rating_entered_by_id")),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_answer_rating")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name in (
            "question_no_delete",
            "answer_rating_no_delete",
            "answer_append_only",
            "question_redaction_append_only",
        ):
            op.execute(f"DROP FUNCTION {name}()")
