"""What a task force promises for a quarter, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

TABLE = "quarter_promise"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CHECKS = {
    "says_something": "length(trim(text)) > 0",
    "marked_with_a_line": "(kept IS NULL) = (line IS NULL) AND (kept IS NULL) = (marked_at IS NULL)"
    " AND (kept IS NULL) = (marked_by_id IS NULL)",
}
KEYS = {
    "task_force_id": "task_force",
    "project_id": "project",
    "made_by_id": "person",
    "marked_by_id": "person",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("task_force_id", NUMBER, nullable=False),
        sa.Column("project_id", NUMBER, nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by_id", NUMBER, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column(
            "kept",
            sa.Enum("kept", "partly", "not", name="kept_known", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("line", sa.Text(), nullable=True),
        sa.Column("marked_by_id", NUMBER, nullable=True),
        sa.Column("marked_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(f"ix_{TABLE}_task_force_id_first_on", TABLE, ["task_force_id", "first_on"])


def downgrade() -> None:
    op.drop_table(TABLE)
