"""Forewords of budget reports; what a meeting offers for children; a draft motion for those who lead it."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SIDE = sa.Enum("community", "institution", name="side_known", native_enum=False, create_constraint=True, length=40)
TABLES = ("foreword", "foreword_agreement")


def upgrade() -> None:
    op.create_table(
        "foreword",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("neighborhood_id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(trim(text)) > 0", name=op.f("ck_foreword_says_something")),
        sa.CheckConstraint("year BETWEEN 2000 AND 9999", name=op.f("ck_foreword_of_a_year")),
        sa.ForeignKeyConstraint(["neighborhood_id"], ["neighborhood.id"], name=op.f("fk_foreword_neighborhood_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foreword")),
    )
    op.create_index("ix_foreword_neighborhood_id_year", "foreword", ["neighborhood_id", "year"])
    op.create_table(
        "foreword_agreement",
        sa.Column("foreword_id", NUMBER, nullable=False),
        sa.Column("side", SIDE, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("agreed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["foreword_id"], ["foreword.id"], name=op.f("fk_foreword_agreement_foreword_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_foreword_agreement_person_id")),
        sa.PrimaryKeyConstraint("foreword_id", "side", name=op.f("pk_foreword_agreement")),
    )
    for table in TABLES:
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)
    op.add_column("meeting", sa.Column("childcare", sa.Text(), nullable=True))
    op.add_column("agenda_item", sa.Column("motion", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("agenda_item", "motion")
    op.drop_column("meeting", "childcare")
    for table in reversed(TABLES):
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only")
