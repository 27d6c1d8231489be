"""Absences of whoever holds a seat, and the interests they declare."""

import sqlalchemy as sa
from alembic import op

from app.core.db import never_deleted_statements

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KEYS = {
    "person_id": "person",
    "project_id": "project",
    "organization_id": "organization",
    "declared_by_id": "person",
}


def upgrade() -> None:
    _absences()
    _interests()
    for table in ("absence", "interest"):
        for statement in never_deleted_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _absences() -> None:
    op.create_table(
        "absence",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "seat_id")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("starts_on", "ends_on")),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("told_by_id", NUMBER, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absence_ends_after_it_starts")),
        sa.CheckConstraint("back_on <= ends_on", name=op.f("ck_absence_back_before_it_ends")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_absence_seat_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["person.id"], name=op.f("fk_absence_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_seat_id", "absence", ["seat_id"])


def _interests() -> None:
    op.create_table(
        "interest",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "person_id")),
        *(sa.Column(name, NUMBER, nullable=True) for name in ("project_id", "organization_id")),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "effect",
            sa.Enum("recuse", "note", name="effect_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("declared_by_id", NUMBER, nullable=False),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(project_id IS NULL) <> (organization_id IS NULL)",
            name=op.f("ck_interest_in_a_project_or_an_organization"),
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_interest_ends_after_it_starts")
        ),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_interest_says_what_it_is")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_interest_{column}"))
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    op.create_index("ix_interest_person_id", "interest", ["person_id"])


def downgrade() -> None:
    for table in ("interest", "absence"):
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION IF EXISTS {table}_no_delete")
