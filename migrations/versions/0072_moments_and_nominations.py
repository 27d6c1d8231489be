"""The moments of approved minutes and of what is put right are kept; co-chairs nominate people for seats."""

import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KIND, SIDE, ENDING = (
    sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=40)
    for name, words in (
        ("kind_known", "co_chair deputy member youth observer secretary"),
        ("side_known", "community institution"),
        ("ending_known", "offered refused taken_back"),
    )
)
RULES = {
    "ended_by_somebody": "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
    "by_an_offer": "(ending IS NOT NULL AND ending = 'offered') = (offer_id IS NOT NULL)",
    "refused_with_a_reason": "(ending IS NOT NULL AND ending = 'refused') = (refusal IS NOT NULL)",
    "answered_by_another": "ending = 'taken_back' OR ended_by_id <> nominated_by_id",
    "the_address_goes": "ending IS NULL OR email IS NULL",
}
STANDS = "EXISTS (SELECT 1 FROM minutes_approval WHERE meeting_id = NEW.meeting_id)"
NO_OTHER_TEXT = (
    f"CREATE TRIGGER minutes_draft_not_approved BEFORE INSERT ON minutes_draft WHEN {STANDS} "
    "BEGIN SELECT RAISE(ABORT, 'these minutes are approved, so they take no other text'); END"
)
FIXED_AT = "(fixed_on IS NULL) = (fixed_at IS NULL)"


def upgrade() -> None:
    op.add_column("minutes_approval", sa.Column("approved_at", MOMENT))
    op.add_column("snag", sa.Column("fixed_at", MOMENT))
    _unguard()
    _date("minutes_approval", "meeting_id", "approved_at", "approved_on", told="MinutesApproved")
    _date("snag", "id", "fixed_at", "fixed_on", told="SnagFixed", named="snag_id")
    with op.batch_alter_table("minutes_approval") as batch:
        batch.alter_column("approved_at", existing_type=MOMENT, nullable=False)
    with op.batch_alter_table("snag") as batch:
        batch.create_check_constraint(op.f("ck_snag_fixed_at_a_moment"), FIXED_AT)
    _guard()
    op.create_table(
        "nomination",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("task_force_id", NUMBER, sa.ForeignKey("task_force.id"), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("side", SIDE, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(255)),
        sa.Column("organization_id", NUMBER, sa.ForeignKey("organization.id")),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("nominated_by_id", NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("nominated_at", MOMENT, nullable=False),
        sa.Column("ending", ENDING),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by_id", NUMBER, sa.ForeignKey("person.id")),
        sa.Column("refusal", sa.Text()),
        sa.Column("offer_id", NUMBER, sa.ForeignKey("seat_offer.id"), unique=True),
        *(sa.CheckConstraint(rule, name=name) for name, rule in RULES.items()),
    )
    op.create_index("ix_nomination_task_force_id", "nomination", ["task_force_id"])
    for statement in never_deleted_statements("nomination", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("nomination")
    if not _is_sqlite():
        op.execute("DROP FUNCTION IF EXISTS nomination_no_delete()")
    _unguard()
    with op.batch_alter_table("snag") as batch:
        batch.drop_constraint(op.f("ck_snag_fixed_at_a_moment"), type_="check")
    with op.batch_alter_table("snag") as batch:
        batch.drop_column("fixed_at")
    with op.batch_alter_table("minutes_approval") as batch:
        batch.drop_column("approved_at")
    _guard()


def _date(table: str, key: str, column: str, day: str, *, told: str, named: str = "") -> None:
    """The moment of each row as the audit log tells it; where it does not, the first one of its day."""
    bind = op.get_bind()
    log = sa.text("SELECT body, recorded_at FROM audit_entry WHERE kind = :kind ORDER BY sequence")
    moments = {
        json.loads(body)["facts"][named or key]: at
        for body, at in bind.execute(log.columns(recorded_at=MOMENT), {"kind": told})
    }
    rows = sa.table(table, sa.column(key), sa.column(column, MOMENT), sa.column(day, sa.Date()))
    dated = rows.c[day]
    for id_, on in bind.execute(sa.select(rows.c[key], dated).where(dated.is_not(None))).all():
        at = moments.get(id_, datetime(on.year, on.month, on.day))
        bind.execute(sa.update(rows).where(rows.c[key] == id_).values({column: at}))


def _unguard() -> None:
    """SQLite builds the two tables anew; what watches them, or asks them, is made again after that."""
    if _is_sqlite():
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('minutes_approval', 'snag')"
        for name in (*op.get_bind().scalars(sa.text(query)).all(), "minutes_draft_not_approved"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("ALTER TABLE minutes_approval DISABLE TRIGGER USER")


def _guard() -> None:
    if not _is_sqlite():
        op.execute("ALTER TABLE minutes_approval ENABLE TRIGGER USER")
        return
    kept = append_only_statements("minutes_approval", "sqlite") + never_deleted_statements("snag", "sqlite")
    for statement in (*kept, NO_OTHER_TEXT):
        op.execute(statement)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
