"""What an assembly agreed for a cycle, the priority that each proposal serves, and why one was withdrawn."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REVISION, SERVED = "proposal_revision", "served_priority"


def upgrade() -> None:
    op.create_index("ix_proposal_of_cycle", "proposal", ["id", "cycle_id"], unique=True)
    op.create_table(
        "priority_statement",
        sa.Column("cycle_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("assembly", sa.String(length=160), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_priority_statement_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_priority_statement")),
    )
    op.create_table(
        "priority",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["priority_statement.cycle_id"], name=op.f("fk_priority_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("cycle_id", "position", name=op.f("uq_priority_cycle_id_position")),
        sa.UniqueConstraint("id", "cycle_id", name=op.f("uq_priority_id_cycle_id")),
    )
    op.create_table(
        SERVED,
        sa.Column("proposal_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("priority_id", NUMBER, nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{to}_id", "cycle_id"], [f"{to}.id", f"{to}.cycle_id"], name=op.f(f"fk_{SERVED}_{to}_id_cycle_id")
            )
            for to in ("proposal", "priority")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f(f"pk_{SERVED}")),
    )
    op.create_index("ix_served_priority_priority_id", SERVED, ["priority_id"])
    with op.batch_alter_table(REVISION) as batch:
        batch.add_column(sa.Column("priority_id", NUMBER, nullable=True))
        batch.create_foreign_key(op.f(f"fk_{REVISION}_priority_id"), "priority", ["priority_id"], ["id"])
    _guard_revisions()
    op.create_table(
        "withdrawal",
        sa.Column("proposal_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_withdrawal_reason_not_empty")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_withdrawal_proposal_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_withdrawal_person_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_withdrawal")),
    )
    op.execute("DELETE FROM proposal_words WHERE proposal_id IN (SELECT id FROM proposal WHERE stage = 'withdrawn')")


def downgrade() -> None:
    op.drop_table("withdrawal")
    with op.batch_alter_table(REVISION) as batch:
        batch.drop_constraint(op.f(f"fk_{REVISION}_priority_id"), type_="foreignkey")
        batch.drop_column("priority_id")
    _guard_revisions()
    for table in (SERVED, "priority", "priority_statement"):
        op.drop_table(table)
    op.drop_index("ix_proposal_of_cycle", "proposal")


def _guard_revisions() -> None:
    """SQLite builds a table anew to change it, and its triggers are lost with the old one."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in append_only_statements(REVISION, "sqlite"):
            op.execute(statement)
