"""The end of an open vote can be put off by two members of its board."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CHECK = op.f("ck_pending_action_kind_known")
KINDS = (
    "fix",
    "open",
    "close",
    "extend",
    "reconcile",
    "open-envelopes",
    "count",
    "recount",
    "publish",
    "destroy",
    "add-to-roll",
    "strike-from-roll",
    "void-envelope",
    "settle-objection",
    "name-witness",
    "accredit",
)


def upgrade() -> None:
    op.create_table(
        "vote_extension",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("was_to_close_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requester_id", NUMBER, nullable=False),
        sa.Column("approver_id", NUMBER, nullable=False),
        sa.Column("extended_at", MOMENT, nullable=False),
        sa.CheckConstraint("requester_id <> approver_id", name=op.f("ck_vote_extension_two_persons_extend_a_vote")),
        sa.CheckConstraint("was_to_close_at < closes_at", name=op.f("ck_vote_extension_only_ever_later")),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"], name=op.f("fk_vote_extension_approver_id")),
        sa.ForeignKeyConstraint(["requester_id"], ["person.id"], name=op.f("fk_vote_extension_requester_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_extension_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "number", name=op.f("pk_vote_extension")),
    )
    for statement in append_only_statements("vote_extension", op.get_bind().dialect.name):
        op.execute(statement)
    _know(*KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM pending_action WHERE kind = 'extend'")
    _know(*(kind for kind in KINDS if kind != "extend"))
    op.drop_table("vote_extension")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS vote_extension_append_only")


def _know(*kinds: str) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("pending_action") as batch:
        batch.drop_constraint(CHECK, type_="check")
    with op.batch_alter_table("pending_action") as batch:
        batch.create_check_constraint(CHECK, f"kind IN ({listed})")
