"""The author of a proposal that was turned down asks once for another officer's second look."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLE = "second_look"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECKS = {
    "answered_whole": "(outcome IS NULL) = (answered_at IS NULL) AND (outcome IS NULL) = (answer IS NULL)"
    " AND (outcome IS NULL) = (officer_id IS NULL)",
    "another_officer_looks": "officer_id IS NULL OR officer_id <> decided_by_id",
    "not_ones_own": "officer_id IS NULL OR officer_id <> author_id",
}
PEOPLE = ("author_id", "decided_by_id", "officer_id")
MAIL = op.f("ck_message_kind_known")
BEFORE = (
    "board_asked",
    "board_changed",
    "merge_answered",
    "merge_asked",
    "proposal_received",
    "proposal_reviewed",
    "residence_decided",
    "result_certified",
    "sign_in_changed",
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("review_id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("author_id", NUMBER, nullable=False),
        sa.Column("decided_by_id", NUMBER, nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", NUMBER, nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("stands", "reopened", name="outcome_known", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_{TABLE}_{name}")) for name, condition in CHECKS.items()),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f(f"fk_{TABLE}_review_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f(f"fk_{TABLE}_proposal_id")),
        *(sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_{TABLE}_{name}")) for name in PEOPLE),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("review_id", name=op.f(f"uq_{TABLE}_review_id")),
    )
    op.create_index(op.f(f"ix_{TABLE}_proposal_id"), TABLE, ["proposal_id"])
    _know(*sorted((*BEFORE, "second_look_answered")))


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind = 'second_look_answered'")
    _know(*BEFORE)
    op.drop_table(TABLE)


def _know(*kinds: str) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(MAIL, type_="check")
    with op.batch_alter_table("message") as batch:
        batch.create_check_constraint(MAIL, f"kind IN ({listed})")
