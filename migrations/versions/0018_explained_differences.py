"""Two members of the board explain paper that is missing; no sum is changed by it."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ACTS = (
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
    "replace-member",
)
SUMS = ("stock", "roll", "stubs", "headers", "slips", "entries")
CHECKS = {
    "two_persons_explain": "requester_id <> approver_id",
    "only_what_is_missing": "found >= 0 AND found < expected",
    "only_sheets_stubs_and_slips": "sum IN ('stock', 'stubs', 'slips')",
}
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "paper_difference"


def upgrade() -> None:
    _know(*ACTS, "explain-difference")
    op.create_table(
        TABLE,
        sa.Column("vote_id", sa.LargeBinary(), nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("box_id", NUMBER, nullable=False),
        sa.Column(
            "sum",
            sa.Enum(*SUMS, name="sum_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("expected", NUMBER, nullable=False),
        sa.Column("found", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requester_id", NUMBER, nullable=False),
        sa.Column("approver_id", NUMBER, nullable=False),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}")) for name, condition in CHECKS.items()),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f(f"fk_{TABLE}_vote_id")),
        sa.ForeignKeyConstraint(["box_id"], ["paper_box.id"], name=op.f(f"fk_{TABLE}_box_id")),
        sa.ForeignKeyConstraint(["requester_id"], ["person.id"], name=op.f(f"fk_{TABLE}_requester_id")),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"], name=op.f(f"fk_{TABLE}_approver_id")),
        sa.PrimaryKeyConstraint("vote_id", "number", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "vote_id", "box_id", "sum", "expected", "found", name=op.f(f"uq_{TABLE}_vote_id_box_id_sum_expected_found")
        ),
    )
    for statement in append_only_statements(TABLE, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {TABLE}_append_only()")
    op.execute("DELETE FROM pending_action WHERE kind = 'explain-difference'")
    _know(*ACTS)


def _know(*acts: str) -> None:
    check = op.f("ck_pending_action_kind_known")
    listed = ", ".join(f"'{act}'" for act in acts)
    with op.batch_alter_table("pending_action") as batch:
        batch.drop_constraint(check, type_="check")
    with op.batch_alter_table("pending_action") as batch:
        batch.create_check_constraint(check, f"kind IN ({listed})")
