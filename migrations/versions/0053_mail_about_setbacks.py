"""Co-chairs are told by mail of a reported setback, and of what passed its day without a word."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

MAIL = "ck_message_kind_known"
NEW = {"setback_reported", "slip_noticed"}


def upgrade() -> None:
    _know(_known() | NEW)


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind IN ('setback_reported', 'slip_noticed')")
    _know(_known() - NEW)


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
