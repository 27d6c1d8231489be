"""The published contract behind a commitment; the council's day to decide, and mail to the clerks that it was asked."""

import re
from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MAIL = "ck_message_kind_known"
NEW_MAIL = {"council_waits"}
LAPSED = op.f("ck_escalation_decided_or_lapsed")
DAYS = timedelta(days=56)
"""Forty working days, as for what is asked from now on, without looking for holidays."""
ASKED = sa.table("escalation", sa.column("id", NUMBER), sa.column("asked_at", MOMENT), sa.column("due_on", sa.Date()))


def upgrade() -> None:
    _contracts()
    with op.batch_alter_table("escalation") as batch:
        batch.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("lapsed_at", MOMENT, nullable=True))
    bind = op.get_bind()
    for row in bind.execute(sa.select(ASKED.c.id, ASKED.c.asked_at)).all():
        due_on = (row.asked_at + DAYS).date()
        bind.execute(ASKED.update().where(ASKED.c.id == row.id).values(due_on=due_on))
    with op.batch_alter_table("escalation") as batch:
        batch.alter_column("due_on", existing_type=sa.Date(), nullable=False)
        batch.create_check_constraint(LAPSED, "lapsed_at IS NULL OR outcome IS NULL")
    _guard_again()
    _know(_known() | NEW_MAIL)


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind = 'council_waits'")
    _know(_known() - NEW_MAIL)
    with op.batch_alter_table("escalation") as batch:
        batch.drop_constraint(LAPSED, type_="check")
    with op.batch_alter_table("escalation") as batch:
        batch.drop_column("lapsed_at")
        batch.drop_column("due_on")
    _guard_again()
    op.drop_table("published_contract")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS published_contract_append_only")


def _contracts() -> None:
    keys = {"commitment_id": "commitment", "said_by_id": "person"}
    checks = {
        "ocid_with_its_prefix": "ocid LIKE 'ocds-______-_%'",
        "link_is_safe": "url LIKE 'https://_%'",
        "link_with_an_ocid": "url IS NULL OR ocid IS NOT NULL",
    }
    op.create_table(
        "published_contract",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("commitment_id", NUMBER, nullable=False),
        sa.Column("ocid", sa.String(length=120), nullable=True),
        sa.Column("url", sa.String(length=300), nullable=True),
        sa.Column("said_by_id", NUMBER, nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_published_contract_{name}")) for name, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_published_contract_{column}"))
            for column, other in keys.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_contract")),
    )
    op.create_index("ix_published_contract_commitment_id", "published_contract", ["commitment_id"])
    for statement in append_only_statements("published_contract", op.get_bind().dialect.name):
        op.execute(statement)


def _guard_again() -> None:
    """SQLite has built the table anew, without the trigger that keeps its rows."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in never_deleted_statements("escalation", "sqlite"):
            op.execute(statement)


def _known() -> set[str]:
    """The kinds of mail as the migrations before this one left them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("message")
    found = next(check["sqltext"] for check in checks if check["name"] == MAIL)
    return set(re.findall(r"'([a-z_]+)'", found))


def _know(kinds: set[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(op.f(MAIL), type_="check")
    with op.batch_alter_table("message") as batch:
        batch.create_check_constraint(op.f(MAIL), f"kind IN ({listed})")
