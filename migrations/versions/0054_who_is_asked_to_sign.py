"""Whoever is asked to sign hears of it by mail, and once more before the last day."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MAIL = "ck_message_kind_known"
NEW = {"agreement_waits"}


def upgrade() -> None:
    op.create_table(
        "agreement_reminder",
        sa.Column("agreement_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_reminder_agreement_id")),
        sa.PrimaryKeyConstraint("agreement_id", name=op.f("pk_agreement_reminder")),
    )
    _know(_known() | NEW)


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind = 'agreement_waits'")
    _know(_known() - NEW)
    op.drop_table("agreement_reminder")


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
