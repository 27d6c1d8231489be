"""Signatures on paper, what the council decides where a side is missing, and second factors of whoever signs."""

import re

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MAIL = "ck_message_kind_known"
NEW_MAIL = {"council_news"}
SHEET = {"signed_on": sa.Date(), "sheet_digest": sa.String(length=64), "sheet_is_pdf": sa.Boolean()}
HAS_SHEET = "ck_sign_off_paper_has_its_sheet"
DECIDED = (
    "decided_by",
    "decided_on",
    "reference",
    "explanation",
    "document_digest",
    "document_is_pdf",
    "recorded_by_id",
    "recorded_at",
)
CHECKS = {
    "decided_whole": " AND ".join(f"(outcome IS NULL) = ({column} IS NULL)" for column in DECIDED),
    "recorded_by_another": "recorded_by_id <> asked_by_id",
}


def upgrade() -> None:
    with op.batch_alter_table("sign_off") as batch:
        for name, kind in SHEET.items():
            batch.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("sign_off") as batch:
        rule = " AND ".join(f"(method = 'paper') = ({name} IS NOT NULL)" for name in _in_order())
        batch.create_check_constraint(op.f(HAS_SHEET), rule)
    _guard_again()
    _escalations()
    op.add_column("visit", sa.Column("second_factor_at", MOMENT, nullable=True))
    _know(_known() | NEW_MAIL)


def _in_order() -> tuple[str, ...]:
    return ("sheet_digest", "sheet_is_pdf", "signed_on")


def _escalations() -> None:
    keys = {"agreement_id": "agreement", "asked_by_id": "person", "recorded_by_id": "person"}
    op.create_table(
        "escalation",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("agreement_id", NUMBER, nullable=False),
        sa.Column("side", _words("side_known", "community", "institution"), nullable=False),
        sa.Column("asked_by_id", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("outcome", _words("outcome_known", "stands_in", "declined"), nullable=True),
        sa.Column("decided_by", sa.String(length=160), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=160), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("document_digest", sa.String(length=64), nullable=True),
        sa.Column("document_is_pdf", sa.Boolean(), nullable=True),
        sa.Column("recorded_by_id", NUMBER, nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_escalation_{name}")) for name, rule in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_escalation_{column}"))
            for column, other in keys.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_escalation_agreement_id")),
    )
    for statement in never_deleted_statements("escalation", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind = 'council_news'")
    _know(_known() - NEW_MAIL)
    with op.batch_alter_table("visit") as batch:
        batch.drop_column("second_factor_at")
    op.drop_table("escalation")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS escalation_no_delete")
    with op.batch_alter_table("sign_off") as batch:
        batch.drop_constraint(op.f(HAS_SHEET), type_="check")
    with op.batch_alter_table("sign_off") as batch:
        for name in SHEET:
            batch.drop_column(name)
    _guard_again()


def _guard_again() -> None:
    """SQLite has built the table anew, without the triggers that keep its rows."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in append_only_statements("sign_off", "sqlite"):
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


def _words(name: str, *known: str) -> sa.Enum:
    return sa.Enum(*known, name=name, native_enum=False, create_constraint=True, length=40)
