"""Decision letters are ordered together, printed as one file, and mailed to those who have an account."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0060"
branch_labels = None
depends_on = None

MAIL = "ck_message_kind_known"
NEW = {"letter_ready"}
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("finished_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "letter_batch",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("cycle_id", NUMBER, sa.ForeignKey("cycle.id"), nullable=False),
        sa.Column("requested_by_id", NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("file_hash", sa.String(64)),
        sa.Column("size", NUMBER),
        sa.Column("finished_at", MOMENT),
        sa.CheckConstraint("(finished_at IS NULL) = (file_hash IS NULL)", name="finished_with_a_file"),
        sa.CheckConstraint("size > 0", name="holds_something"),
    )
    op.create_index(
        "uq_letter_batch_one_open",
        "letter_batch",
        ["cycle_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "batch_letter",
        sa.Column("batch_id", NUMBER, sa.ForeignKey("letter_batch.id"), primary_key=True),
        sa.Column("proposal_id", NUMBER, sa.ForeignKey("proposal.id"), primary_key=True),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("by_post", sa.Boolean, nullable=False),
        sa.Column("edition_id", NUMBER, sa.ForeignKey("edition.id")),
        sa.UniqueConstraint("batch_id", "position"),
    )
    op.create_index("ix_batch_letter_edition_id", "batch_letter", ["edition_id"])
    _know(_known() | NEW)


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind = 'letter_ready'")
    _know(_known() - NEW)
    op.drop_table("batch_letter")
    op.drop_table("letter_batch")


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
