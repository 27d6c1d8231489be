"""Meetings of task forces: agenda, attendance, outcomes and minutes."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements
from app.taskforces.meetings.minutes.models import draft_statements
from app.taskforces.meetings.models import session_statements

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STAGES = (
    "draft",
    "noticed",
    "postponed",
    "cancelled",
    "in_session",
    "held",
    "inquorate",
    "minutes_draft",
    "minutes_approved",
    "closed",
)
IN_SESSION = {
    "attendance": "ROW.meeting_id",
    "outcome": "ROW.meeting_id",
    "decision": "SELECT meeting_id FROM outcome WHERE id = ROW.outcome_id",
}
APPEND_ONLY = ("meeting_change", "minutes_draft", "minutes_approval")
TABLES = (
    "minutes_approval",
    "meeting_action",
    "decision",
    "outcome",
    "minutes_draft",
    "meeting_change",
    "attendance",
    "agenda_item",
    "meeting",
)


def upgrade() -> None:
    _meetings()
    _sessions()
    _minutes()
    dialect = op.get_bind().dialect.name
    statements = never_deleted_statements("meeting", dialect) + draft_statements(dialect)
    for table in APPEND_ONLY:
        statements += append_only_statements(table, dialect)
    for table, row_of in IN_SESSION.items():
        statements += session_statements(table, row_of, dialect)
    for statement in statements:
        op.execute(statement)


def _meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("task_force_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", _words("kind_known", "regular", "special", "assembly"), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("interpretation", sa.Text(), nullable=False),
        sa.Column("online_link", sa.String(length=300), nullable=True),
        sa.Column("chairing_side", _words("side_known", "community", "institution"), nullable=False),
        sa.Column("stage", _words("stage_known", *STAGES), nullable=False),
        sa.Column("noticed_at", MOMENT, nullable=True),
        sa.Column("agenda_edition", NUMBER, nullable=False),
        sa.Column("sequence", NUMBER, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("public_count", NUMBER, nullable=True),
        sa.Column("quorum_needed", NUMBER, nullable=True),
        sa.Column("community_votes", NUMBER, nullable=True),
        sa.Column("institution_votes", NUMBER, nullable=True),
        sa.Column("minutes_due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(stage = 'draft') = (noticed_at IS NULL)", name=op.f("ck_meeting_public_once_noticed")),
        sa.CheckConstraint(
            "(stage IN ('held', 'inquorate', 'minutes_draft', 'minutes_approved', 'closed'))"
            " = (quorum_needed IS NOT NULL)",
            name=op.f("ck_meeting_counted_when_it_ends"),
        ),
        sa.CheckConstraint(
            "(stage IN ('postponed', 'cancelled')) = (reason IS NOT NULL)",
            name=op.f("ck_meeting_called_off_with_a_reason"),
        ),
        sa.CheckConstraint(
            "(quorum_needed IS NULL) = (community_votes IS NULL)"
            " AND (quorum_needed IS NULL) = (institution_votes IS NULL)"
            " AND (quorum_needed IS NULL) = (minutes_due_on IS NULL)",
            name=op.f("ck_meeting_counted_as_a_whole"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meeting_ends_after_it_starts")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_meeting_numbered_from_one")),
        sa.CheckConstraint("public_count IS NULL OR public_count >= 0", name=op.f("ck_meeting_public_not_negative")),
        sa.CheckConstraint("sequence >= 0 AND agenda_edition >= 0", name=op.f("ck_meeting_editions_not_negative")),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name=op.f("fk_meeting_task_force_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("task_force_id", "number", name=op.f("uq_meeting_task_force_id_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_uid")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("meeting_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("project_id", NUMBER, nullable=True),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("purpose", _words("purpose_known", "inform", "discuss", "decide"), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("lead", sa.String(length=160), nullable=False),
        sa.Column("minutes", NUMBER, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 480", name=op.f("ck_agenda_item_lasts_some_minutes")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_agenda_item_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_agenda_item_meeting_id_position")),
    )
    op.create_index("ix_agenda_item_project_id", "agenda_item", ["project_id"])
    op.create_table(
        "meeting_change",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("meeting_id", NUMBER, nullable=False),
        sa.Column("sequence", NUMBER, nullable=False),
        sa.Column("stage", _words("stage_known", *STAGES), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_meeting_change_has_a_reason")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_change_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_change")),
        sa.UniqueConstraint("meeting_id", "sequence", name=op.f("uq_meeting_change_meeting_id_sequence")),
    )


def _sessions() -> None:
    op.create_table(
        "attendance",
        sa.Column("meeting_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("seat_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("presence", _words("presence_known", "present", "remote", "apology", "absent"), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_attendance_seat_id")),
        sa.PrimaryKeyConstraint("meeting_id", "seat_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "outcome",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("meeting_id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("kind", _words("kind_known", "note", "decision", "action"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("about_id", NUMBER, nullable=True),
        sa.Column("recorded_by_id", NUMBER, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_outcome_says_something")),
        sa.ForeignKeyConstraint(["about_id"], ["outcome.id"], name=op.f("fk_outcome_about_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_outcome_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_outcome_meeting_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_outcome_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index("ix_outcome_about_id", "outcome", ["about_id"], unique=False)
    op.create_index("ix_outcome_meeting_id", "outcome", ["meeting_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("outcome_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("moved_by_id", NUMBER, nullable=False),
        sa.Column("seconded_by_id", NUMBER, nullable=False),
        sa.Column("community_yes", NUMBER, nullable=False),
        sa.Column("community_no", NUMBER, nullable=False),
        sa.Column("community_abstained", NUMBER, nullable=False),
        sa.Column("institution_yes", NUMBER, nullable=False),
        sa.Column("institution_no", NUMBER, nullable=False),
        sa.Column("institution_abstained", NUMBER, nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "carried = (community_yes > community_no AND institution_yes > institution_no)",
            name=op.f("ck_decision_carried_by_both_sides"),
        ),
        sa.CheckConstraint(
            "community_yes >= 0 AND community_no >= 0 AND community_abstained >= 0"
            " AND institution_yes >= 0 AND institution_no >= 0 AND institution_abstained >= 0",
            name=op.f("ck_decision_votes_not_negative"),
        ),
        sa.CheckConstraint("moved_by_id <> seconded_by_id", name=op.f("ck_decision_seconded_by_another")),
        sa.ForeignKeyConstraint(["moved_by_id"], ["seat.id"], name=op.f("fk_decision_moved_by_id")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_decision_outcome_id")),
        sa.ForeignKeyConstraint(["seconded_by_id"], ["seat.id"], name=op.f("fk_decision_seconded_by_id")),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_decision")),
    )
    op.create_table(
        "meeting_action",
        sa.Column("outcome_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("owner_seat_id", NUMBER, nullable=True),
        sa.Column("owner", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", _words("state_known", "open", "done", "dropped"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (ended_on IS NULL) AND (state = 'open') = (ended_note IS NULL)",
            name=op.f("ck_meeting_action_ended_with_a_word"),
        ),
        sa.CheckConstraint("length(trim(owner)) > 0", name=op.f("ck_meeting_action_has_an_owner")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_meeting_action_outcome_id")),
        sa.ForeignKeyConstraint(["owner_seat_id"], ["seat.id"], name=op.f("fk_meeting_action_owner_seat_id")),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_meeting_action")),
    )


def _minutes() -> None:
    op.create_table(
        "minutes_draft",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("meeting_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("change", sa.String(length=400), nullable=False),
        sa.Column("written_by_id", NUMBER, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(trim(body)) > 0", name=op.f("ck_minutes_draft_says_something")),
        sa.CheckConstraint("number = 1 OR length(trim(change)) > 0", name=op.f("ck_minutes_draft_says_what_changed")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_minutes_draft_numbered_from_one")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_draft_meeting_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_minutes_draft_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_draft")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_minutes_draft_meeting_id_number")),
    )
    op.create_table(
        "minutes_approval",
        sa.Column("meeting_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("draft_id", NUMBER, nullable=False),
        sa.Column("approved_by", _words("approved_by_known", "next_meeting", "co_chairs"), nullable=False),
        sa.Column("outcome_id", NUMBER, nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(approved_by = 'next_meeting') = (outcome_id IS NOT NULL)", name=op.f("ck_minutes_approval_by_a_decision")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["minutes_draft.id"], name=op.f("fk_minutes_approval_draft_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_approval_meeting_id")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_minutes_approval_outcome_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_minutes_approval")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_minutes_approval_draft_id")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only")
        for table in IN_SESSION:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_in_session")
        op.execute("DROP FUNCTION IF EXISTS minutes_draft_not_approved")
        op.execute("DROP FUNCTION IF EXISTS meeting_no_delete")


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)
