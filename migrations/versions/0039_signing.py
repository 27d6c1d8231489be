"""What both sides of a task force sign, who signed, and the days on which the clocks have run."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MATTERS = (
    "baseline",
    "cancellation",
    "commitment",
    "commitment-change",
    "completion",
    "contingency",
    "expense",
    "minutes",
    "pause",
    "reallocation",
    "report",
    "resumption",
    "return",
    "setback-accepted",
    "setback-plan",
)
ENDINGS = ("executed", "rejected", "withdrawn", "expired", "overridden")
AGREEMENT_CHECKS = {
    "ended_at_a_time": "(ending IS NULL) = (ended_at IS NULL)",
    "second_is_another": "second_task_force_id <> task_force_id",
    "overridden_with_a_reason": "(override IS NOT NULL) = (ending IS NOT NULL AND ending = 'overridden')",
}
SIGN_OFF_CHECKS = {
    "says_why_not": "verdict = 'approve' OR statement IS NOT NULL",
    "paper_is_attested": "(method = 'paper') = (attested_by_id IS NOT NULL)",
    "attested_by_another": "attested_by_id <> person_id",
}


def upgrade() -> None:
    _agreements()
    _sign_offs()
    op.create_table(
        "clock_day",
        sa.Column("neighborhood_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("left_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["neighborhood_id"], ["neighborhood.id"], name=op.f("fk_clock_day_neighborhood_id")),
        sa.PrimaryKeyConstraint("neighborhood_id", "day_on", name=op.f("pk_clock_day")),
    )
    dialect = op.get_bind().dialect.name
    for statement in append_only_statements("sign_off", dialect) + never_deleted_statements("agreement", dialect):
        op.execute(statement)


def _agreements() -> None:
    keys = {
        "task_force_id": "task_force",
        "second_task_force_id": "task_force",
        "project_id": "project",
        "proposer_id": "person",
    }
    op.create_table(
        "agreement",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", _words("kind_known", *MATTERS), nullable=False),
        sa.Column("task_force_id", NUMBER, nullable=False),
        *(sa.Column(name, NUMBER, nullable=True) for name in ("second_task_force_id", "project_id")),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("proposer_id", NUMBER, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ending", _words("ending_known", *ENDINGS), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("override", sa.Text(), nullable=True),
        *_checks("agreement", AGREEMENT_CHECKS),
        *_keys("agreement", keys),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index("ix_agreement_task_force_id", "agreement", ["task_force_id"])
    op.create_index("ix_agreement_project_id", "agreement", ["project_id"])
    still_open = sa.text("ending IS NULL")
    where = {"sqlite_where": still_open, "postgresql_where": still_open}
    op.create_index("uq_agreement_one_open", "agreement", ["payload_hash"], unique=True, **where)


def _sign_offs() -> None:
    keys = {
        "agreement_id": "agreement",
        "task_force_id": "task_force",
        "seat_id": "seat",
        "person_id": "person",
        "attested_by_id": "person",
    }
    op.create_table(
        "sign_off",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("agreement_id", NUMBER, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("task_force_id", NUMBER, nullable=False),
        sa.Column("side", _words("side_known", "community", "institution"), nullable=False),
        sa.Column("seat_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("as_deputy", sa.Boolean(), nullable=False),
        sa.Column("verdict", _words("verdict_known", "approve", "reject", "abstain"), nullable=False),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("method", _words("method_known", "account", "paper"), nullable=False),
        sa.Column("attested_by_id", NUMBER, nullable=True),
        sa.Column("signed_at", MOMENT, nullable=False),
        *_checks("sign_off", SIGN_OFF_CHECKS),
        *_keys("sign_off", keys),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
        sa.UniqueConstraint(
            "agreement_id", "task_force_id", "side", name=op.f("uq_sign_off_agreement_id_task_force_id_side")
        ),
        sa.UniqueConstraint("agreement_id", "person_id", name=op.f("uq_sign_off_agreement_id_person_id")),
    )


def downgrade() -> None:
    for table in ("clock_day", "sign_off", "agreement"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS sign_off_append_only")
        op.execute("DROP FUNCTION IF EXISTS agreement_no_delete")


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)


def _checks(table: str, rules: dict[str, str]) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()]


def _keys(table: str, keys: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in keys.items()
    ]
