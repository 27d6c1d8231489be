"""Setbacks from reported to resolved or accepted, corrective actions that the other side verifies, and reminders.

The two tables are made anew with what was in them: nearly every rule of theirs is another one, and neither SQLite nor
PostgreSQL changes that in place without losing names.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STAGES = ("reported acknowledged analysed planned correcting checked not_effective resolved accepted").split()
SOURCES = ("missed_milestone overrun failed_check complaint_upheld partner_withdrew safety data_error".split()) + [
    "pause",
    "other",
]
SIDES = ("community", "institution")
SETBACK = {
    "about_one_thing": "(project_id IS NULL) <> (task_force_id IS NULL)",
    "by_rule_for_something": "(rule IS NULL) = (opened_for IS NULL)",
    "acknowledged_on_a_day": "(stage = 'reported') = (acknowledged_on IS NULL)",
    "said_once_acknowledged": "stage = 'reported' OR (title IS NOT NULL AND description IS NOT NULL)",
    "cause_once_analysed": "stage IN ('reported', 'acknowledged', 'accepted') OR cause IS NOT NULL",
    "planned_to_correct": "stage NOT IN ('planned', 'correcting', 'checked', 'not_effective') OR plan > 0",
    "accepted_with_a_reason": "stage <> 'accepted' OR accepted_because IS NOT NULL",
    "resolved_on_a_day": "(stage = 'resolved') = (resolved_on IS NOT NULL)",
}
ACTION = {
    "claimed_openly": "(stage IN ('claimed', 'verified', 'closed')) = (claim IS NOT NULL)",
    "verified_with_a_finding": "(stage IN ('verified', 'closed')) = (finding IS NOT NULL)",
    "verified_by_the_other_side": "verified_side <> claimed_side",
}
REMINDER = {
    "unexplained_milestone": "(kind = 'unexplained') = (milestone_id IS NOT NULL)",
    "overdue_setback": "(kind = 'setback_overdue') = (setback_id IS NOT NULL)",
    "late_action": "(kind IN ('action_overdue', 'unverified')) = (action_id IS NOT NULL)",
    "silent_project": "(kind = 'silent') = (project_id IS NOT NULL)",
}
BEFORE = "Recorded before corrective actions had to say so."
NEVER_DELETED = ("setback", "setback_report", "corrective_action")
APPEND_ONLY = ("effect_check", "reminder")


def upgrade() -> None:
    setbacks, actions = _all("setback"), _all("corrective_action")
    where = dict(
        op.get_bind()
        .execute(sa.text("SELECT p.id, c.neighborhood_id FROM project p JOIN cycle c ON c.id = p.cycle_id"))
        .all()
    )
    op.drop_table("corrective_action")
    op.drop_index("ix_setback_project_id", table_name="setback")
    op.drop_table("setback")
    _setbacks()
    _actions()
    _checks_and_reminders()
    _put("setback", _numbered(setbacks, where))
    stages = {row["id"]: row["stage"] for row in setbacks}
    _put("corrective_action", [_action(row, stages[row["setback_id"]]) for row in actions])
    dialect = op.get_bind().dialect.name
    for table in NEVER_DELETED:
        _execute(never_deleted_statements(table, dialect))
    for table in APPEND_ONLY:
        _execute(append_only_statements(table, dialect))


def _numbered(rows: list[dict[str, Any]], where: dict[int, int]) -> list[dict[str, Any]]:
    """What was reported was acknowledged and its cause known; what was being corrected has one plan."""
    last: dict[int, int] = {}
    found = []
    for row in rows:
        home = where[row["project_id"]]
        last[home] = last.get(home, 0) + 1
        reported = row["stage"] == "reported"
        found.append(
            {
                **row,
                "neighborhood_id": home,
                "number": last[home],
                "source": "other",
                "stage": "analysed" if reported else row["stage"],
                "facts": {},
                "root_causes": [],
                "plan": 0 if reported else 1,
                "cause_evidence": None,
                "acknowledged_on": row["found_on"],
                "analysed_on": row["found_on"],
                "planned_on": None if reported else row["found_on"],
            }
        )
    return found


def _action(row: dict[str, Any], stage: str) -> dict[str, Any]:
    done_on: date | None = row.pop("done_on")
    over = stage == "resolved"
    mine = "open" if done_on is None else "closed" if over else "claimed"
    facts = {"plan": 1, "stage": mine, "claimed_on": done_on, "verified_on": done_on if mine == "closed" else None}
    facts |= {"claim": BEFORE if done_on else None, "finding": "corrected" if mine == "closed" else None}
    return row | facts | {"found": BEFORE if mine == "closed" else None}


def _setbacks() -> None:
    keys = {
        "neighborhood_id": "neighborhood",
        "project_id": "project",
        "task_force_id": "task_force",
        "milestone_id": "milestone",
        "agreement_id": "agreement",
        "reported_by_id": "person",
    }
    op.create_table(
        "setback",
        *_numbers("id", "neighborhood_id", "number", "plan"),
        *_numbers("project_id", "task_force_id", "milestone_id", "agreement_id", "reported_by_id", nullable=True),
        *_numbers("rule", "effect_days", "effect_cents", "effect_people", nullable=True),
        sa.Column("source", _words("source_known", *SOURCES), nullable=False),
        sa.Column("opened_for", sa.String(length=120), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("stage", _words("stage_known", *STAGES), nullable=False),
        sa.Column("severity", _words("severity_known", "minor", "serious", "severe"), nullable=True),
        sa.Column("title", sa.String(length=160), nullable=True),
        *_texts("description", "effect", "cause", "cause_evidence", "accepted_because"),
        sa.Column("root_causes", sa.JSON(), nullable=False),
        *_days("found_on", "due_on", nullable=False),
        *_days("acknowledged_on", "analysed_on", "planned_on", "accepted_on", "resolved_on"),
        sa.Column("reported_at", MOMENT, nullable=False),
        *_checks("setback", SETBACK),
        *_keys("setback", keys),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setback")),
        sa.UniqueConstraint("neighborhood_id", "number", name=op.f("uq_setback_neighborhood_id_number")),
        sa.UniqueConstraint("opened_for", name=op.f("uq_setback_opened_for")),
    )
    for column in ("project_id", "task_force_id", "milestone_id"):
        op.create_index(f"ix_setback_{column}", "setback", [column])
    op.create_table(
        "setback_report",
        sa.Column("setback_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        *_numbers("person_id", nullable=True),
        *_keys("setback_report", {"setback_id": "setback", "person_id": "person"}),
        sa.PrimaryKeyConstraint("setback_id", name=op.f("pk_setback_report")),
    )


def _actions() -> None:
    op.create_table(
        "corrective_action",
        *_numbers("id", "setback_id", "plan"),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=160), nullable=False),
        *_texts("evidence", "claim", "found"),
        *_days("due_on", nullable=False),
        *_days("claimed_on", "verify_by", "verified_on"),
        sa.Column(
            "stage", _words("stage_known", "open", "in_progress", "claimed", "verified", "closed"), nullable=False
        ),
        sa.Column("claimed_side", _words("claimed_side_known", *SIDES), nullable=True),
        sa.Column("finding", _words("finding_known", "corrected", "partly", "not"), nullable=True),
        sa.Column("verified_side", _words("verified_side_known", *SIDES), nullable=True),
        *_numbers("claimed_by_id", "verified_by_id", nullable=True),
        *_checks("corrective_action", ACTION),
        *_keys("corrective_action", {"setback_id": "setback", "claimed_by_id": "person", "verified_by_id": "person"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_action")),
    )
    op.create_index("ix_corrective_action_setback_id", "corrective_action", ["setback_id"])


def _checks_and_reminders() -> None:
    op.create_table(
        "effect_check",
        *_numbers("id", "setback_id", "plan", "person_id"),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("measured", sa.Text(), nullable=False),
        sa.Column("side", _words("side_known", *SIDES), nullable=False),
        *_days("checked_on", nullable=False),
        *_keys("effect_check", {"setback_id": "setback", "person_id": "person"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect_check")),
        sa.UniqueConstraint("setback_id", "plan", name=op.f("uq_effect_check_setback_id_plan")),
    )
    kinds = ("unexplained", "setback_overdue", "action_overdue", "unverified", "silent")
    about = {
        "milestone_id": "milestone",
        "setback_id": "setback",
        "action_id": "corrective_action",
        "project_id": "project",
    }
    op.create_table(
        "reminder",
        *_numbers("id"),
        sa.Column("kind", _words("kind_known", *kinds), nullable=False),
        *_numbers(*about, nullable=True),
        *_days("due_on", nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=False),
        *_checks("reminder", REMINDER),
        *_keys("reminder", about),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        *(sa.UniqueConstraint("kind", name, "due_on", name=op.f(f"uq_reminder_kind_{name}_due_on")) for name in about),
    )


def downgrade() -> None:
    setbacks = [row for row in _all("setback") if row["project_id"] is not None and row["reported_by_id"] is not None]
    kept = {row["id"] for row in setbacks}
    actions = [row for row in _all("corrective_action") if row["setback_id"] in kept]
    for table in ("reminder", "effect_check", "corrective_action", "setback_report", "setback"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        _execute([f"DROP FUNCTION IF EXISTS {table}_no_delete" for table in NEVER_DELETED])
        _execute([f"DROP FUNCTION IF EXISTS {table}_append_only" for table in APPEND_ONLY])
    _as_before()
    _put("setback", [_plain(row) for row in setbacks])
    _put("corrective_action", [row | {"done_on": row["claimed_on"]} for row in actions])


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    stage = {"resolved": "resolved", "correcting": "correcting", "checked": "correcting"}.get(row["stage"], "reported")
    told = {name: row[name] or "" for name in ("title", "description", "cause", "effect")}
    return row | told | {"stage": stage}


def _as_before() -> None:
    op.create_table(
        "setback",
        *_numbers("id", "project_id", "reported_by_id"),
        sa.Column("title", sa.String(length=160), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("description", "cause", "effect")),
        sa.Column("stage", _words("stage_known", "reported", "correcting", "resolved"), nullable=False),
        *_days("found_on", "due_on", nullable=False),
        *_days("resolved_on"),
        sa.Column("reported_at", MOMENT, nullable=False),
        *_checks("setback", {"resolved_on_a_day": SETBACK["resolved_on_a_day"]}),
        *_keys("setback", {"project_id": "project", "reported_by_id": "person"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setback")),
    )
    op.create_index("ix_setback_project_id", "setback", ["project_id"])
    op.create_table(
        "corrective_action",
        *_numbers("id", "setback_id"),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=160), nullable=False),
        *_days("due_on", nullable=False),
        *_days("done_on"),
        *_keys("corrective_action", {"setback_id": "setback"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_action")),
    )


def _all(table: str) -> list[dict[str, Any]]:
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    return [dict(row) for row in op.get_bind().execute(sa.select(found).order_by(found.c.id)).mappings()]


def _put(table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    known = [{name: row.get(name) for name in found.c.keys()} for row in rows]
    op.get_bind().execute(sa.insert(found), known)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def _execute(statements: Iterable[str]) -> None:
    for statement in statements:
        op.execute(statement)


def _numbers(*names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, NUMBER, nullable=nullable) for name in names]


def _days(*names: str, nullable: bool = True) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Date(), nullable=nullable) for name in names]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)


def _checks(table: str, rules: dict[str, str]) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()]


def _keys(table: str, keys: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in keys.items()
    ]
