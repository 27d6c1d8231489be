"""Pauses, cancellations, completions with what was left to be put right, and the looks back."""

import json
from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STAGES = ("funded", "mobilising", "planning", "procurement", "delivery", "handover", "completed")
STAGES += ("evaluated", "paused", "cancelled")
NEVER_DELETED, APPEND_ONLY = ("pause", "snag"), ("cancellation", "completion", "later_check")


def upgrade() -> None:
    _pauses()
    _completions()
    _keep_what_was_completed()
    dialect = op.get_bind().dialect.name
    for table in NEVER_DELETED:
        for statement in never_deleted_statements(table, dialect):
            op.execute(statement)
    for table in APPEND_ONLY:
        for statement in append_only_statements(table, dialect):
            op.execute(statement)


def _pauses() -> None:
    op.create_table(
        "pause",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "project_id", "agreement_id")),
        sa.Column("stage_before", _words("stage_before_known", *STAGES), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("restart_on", sa.Date(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("resumption_id", NUMBER, nullable=True),
        sa.CheckConstraint(
            "stage_before IN ('mobilising', 'planning', 'procurement', 'delivery', 'handover')",
            name=op.f("ck_pause_paused_while_active"),
        ),
        sa.CheckConstraint("resumption_id IS NULL OR ended_at IS NOT NULL", name=op.f("ck_pause_resumed_at_a_time")),
        *_keys("pause", project_id="project", agreement_id="agreement", resumption_id="agreement"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index("ix_pause_project_id", "pause", ["project_id"])
    still = {"sqlite_where": sa.text("ended_at IS NULL"), "postgresql_where": sa.text("ended_at IS NULL")}
    op.create_index("uq_pause_one_open", "pause", ["project_id"], unique=True, **still)
    op.create_table(
        "cancellation",
        sa.Column("project_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("returned_cents", "clerk_id", "agreement_id")),
        sa.Column("cancelled_at", MOMENT, nullable=False),
        sa.CheckConstraint("returned_cents >= 0", name=op.f("ck_cancellation_returned_not_negative")),
        *_keys("cancellation", project_id="project", clerk_id="person", agreement_id="agreement"),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_cancellation")),
    )


def _completions() -> None:
    op.create_table(
        "completion",
        sa.Column("project_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("agreement_id", NUMBER, nullable=True),
        sa.Column("completed_at", MOMENT, nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("confirm_on", "check_on")),
        sa.CheckConstraint("confirm_on < check_on", name=op.f("ck_completion_confirmed_before_checked")),
        *_keys("completion", project_id="project", agreement_id="agreement"),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_completion")),
    )
    fixed = "(fixed_on IS NULL) = (fixed_how IS NULL) AND (fixed_on IS NULL) = (fixed_by_id IS NULL)"
    op.create_table(
        "snag",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "project_id", "position")),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("fixed_how", sa.Text(), nullable=True),
        sa.Column("fixed_by_id", NUMBER, nullable=True),
        sa.CheckConstraint(fixed, name=op.f("ck_snag_fixed_by_somebody")),
        *_keys("snag", project_id="project", fixed_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snag")),
        sa.UniqueConstraint("project_id", "position", name=op.f("uq_snag_project_id_position")),
    )
    op.create_table(
        "later_check",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "project_id")),
        sa.Column("kind", _words("kind_known", "residents", "year"), nullable=False),
        sa.Column("works", _words("works_known", "yes", "partly", "no"), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        *_keys("later_check", project_id="project", person_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_check")),
        sa.UniqueConstraint("project_id", "kind", name=op.f("uq_later_check_project_id_kind")),
    )


def _keep_what_was_completed() -> None:
    """Projects that are completed already are looked at again from the day on which the log says they were."""
    bind = op.get_bind()
    entry = sa.table("audit_entry", sa.column("kind"), sa.column("body"), sa.column("recorded_at", MOMENT))
    query = sa.select(entry.c.body, entry.c.recorded_at).where(entry.c.kind == "ProjectMoved")
    told = [(json.loads(body)["facts"], at) for body, at in bind.execute(query)]
    moved = {facts["project_id"]: at for facts, at in told if facts["stage"] == "completed"}
    project = sa.table("project", sa.column("id"), sa.column("stage"), sa.column("opened_at", MOMENT))
    moments = (sa.column("completed_at", MOMENT), sa.column("confirm_on", sa.Date()), sa.column("check_on", sa.Date()))
    completion = sa.table("completion", sa.column("project_id"), *moments)
    for row in bind.execute(sa.select(project).where(project.c.stage == "completed")).all():
        at = moved.get(row.id, row.opened_at)
        days = {"confirm_on": at.date() + timedelta(weeks=4), "check_on": at.date() + timedelta(days=365)}
        bind.execute(sa.insert(completion).values(project_id=row.id, completed_at=at, **days))


def downgrade() -> None:
    was = "SELECT stage_before FROM pause WHERE pause.project_id = project.id AND pause.ended_at IS NULL"
    op.execute(f"UPDATE project SET stage = ({was}) WHERE stage = 'paused'")
    op.execute("UPDATE project SET stage = 'completed' WHERE stage = 'evaluated'")
    for table in ("later_check", "snag", "completion", "cancellation", "pause"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name in [f"{table}_no_delete" for table in NEVER_DELETED] + [f"{t}_append_only" for t in APPEND_ONLY]:
            op.execute(f"DROP FUNCTION IF EXISTS {name}")


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)


def _keys(table: str, **keys: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in keys.items()
    ]
