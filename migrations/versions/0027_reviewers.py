"""Who reviews a proposal, who has an interest in it, and what officers write down for each other."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
GIVEN, INTEREST, NOTE = "assignment", "declared_interest", "internal_note"
ENDINGS = ("handed_on", "put_back", "interest", "reopened")


def upgrade() -> None:
    op.create_table(
        GIVEN,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("officer_id", NUMBER, nullable=False),
        sa.Column("assigned_by_id", NUMBER, nullable=False),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.Column(
            "ending",
            sa.Enum(*ENDINGS, name="ending_known", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("(ending IS NULL) = (ended_at IS NULL)", name=op.f(f"ck_{GIVEN}_ended_whole")),
        *_lead(GIVEN, proposal_id="proposal", officer_id="person", assigned_by_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{GIVEN}")),
    )
    op.create_index(
        f"ix_{GIVEN}_one_reviewer",
        GIVEN,
        ["proposal_id"],
        unique=True,
        sqlite_where=sa.text("ending IS NULL"),
        postgresql_where=sa.text("ending IS NULL"),
    )
    op.create_index(f"ix_{GIVEN}_officer_id", GIVEN, ["officer_id"])
    _create_interests_and_notes()
    dialect = op.get_bind().dialect.name
    kept = [*append_only_statements(INTEREST, dialect), *append_only_statements(NOTE, dialect)]
    for statement in (*never_deleted_statements(GIVEN, dialect), *kept):
        op.execute(statement)


def _create_interests_and_notes() -> None:
    op.create_table(
        INTEREST,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("officer_id", NUMBER, nullable=False),
        sa.Column("interest", sa.Text(), nullable=False),
        sa.Column("declared_at", MOMENT, nullable=False),
        *_lead(INTEREST, proposal_id="proposal", officer_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{INTEREST}")),
        sa.UniqueConstraint("proposal_id", "officer_id", name=op.f(f"uq_{INTEREST}_proposal_id_officer_id")),
    )
    op.create_table(
        NOTE,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("officer_id", NUMBER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        *_lead(NOTE, proposal_id="proposal", officer_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NOTE}")),
    )
    op.create_index(f"ix_{NOTE}_proposal_id", NOTE, ["proposal_id"])


def _lead(table: str, **to: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"))
        for name, other in to.items()
    ]


def downgrade() -> None:
    for table in (NOTE, INTEREST, GIVEN):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for function in (f"{NOTE}_append_only", f"{INTEREST}_append_only", f"{GIVEN}_no_delete"):
            op.execute(f"DROP FUNCTION {function}")
