"""Proposals that came on paper, where forms are handed in, and nobody who signs in without an account."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
FROM_NOWHERE = "ck_person_nobody_signs_in_from_nowhere"


def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        nowhere = "substr(email, length(email) - 13) <> '@paper.invalid'"
        batch.create_check_constraint(op.f(FROM_NOWHERE), f"NOT active OR {nowhere}")
    op.create_table(
        "form_desk",
        sa.Column("cycle_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.CheckConstraint("length(trim(place)) > 0", name=op.f("ck_form_desk_says_where")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_form_desk_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_form_desk")),
    )
    op.create_table(
        "paper_form",
        sa.Column("proposal_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("holder_id", NUMBER, nullable=False),
        sa.Column("typed_by_id", NUMBER, nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("was_helped", sa.Boolean(), nullable=False),
        sa.Column("typed_at", MOMENT, nullable=False),
        sa.Column("taken_back_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(key) > 0", name=op.f("ck_paper_form_has_a_number")),
        sa.CheckConstraint("holder_id <> typed_by_id", name=op.f("ck_paper_form_nobody_types_in_their_own")),
        sa.ForeignKeyConstraint(
            ["proposal_id", "cycle_id"],
            ["proposal.id", "proposal.cycle_id"],
            name=op.f("fk_paper_form_proposal_id_cycle_id"),
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_paper_form_holder_id")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["person.id"], name=op.f("fk_paper_form_typed_by_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_paper_form")),
        sa.UniqueConstraint("cycle_id", "key", name=op.f("uq_paper_form_cycle_id_key")),
    )
    op.create_index("ix_paper_form_holder_id", "paper_form", ["holder_id"])


def downgrade() -> None:
    op.drop_table("paper_form")
    op.drop_table("form_desk")
    with op.batch_alter_table("person") as batch:
        batch.drop_constraint(op.f(FROM_NOWHERE), type_="check")
