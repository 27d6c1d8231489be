"""Mail about one's own vote, turnout by the hour, and what follows when somebody voted in another's place."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "cast_notice",
        sa.Column("roll_entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", NUMBER, nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_cast_notice_revision_from_one")),
        sa.ForeignKeyConstraint(["roll_entry_id"], ["roll_entry.id"], name=op.f("fk_cast_notice_roll_entry_id")),
        sa.PrimaryKeyConstraint("roll_entry_id", name=op.f("pk_cast_notice")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice_round",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_notice_round_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_notice_round")),
    )
    op.create_table(
        "notices_off",
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notices_off_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notices_off")),
    )
    op.create_table(
        "turnout_hour",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("voters", NUMBER, nullable=False),
        sa.CheckConstraint("voters >= 10 AND voters % 10 = 0", name=op.f("ck_turnout_hour_cell_in_full_tens")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_turnout_hour_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "until", name=op.f("pk_turnout_hour")),
    )
    for statement in append_only_statements("turnout_hour", op.get_bind().dialect.name):
        op.execute(statement)
    op.create_table(
        "turnout_look",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hour", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_turnout_look_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_turnout_look")),
    )
    _disputes()


def _disputes() -> None:
    stages = ("reported", "voided", "kept")
    op.create_table(
        "dispute",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("roll_entry_id", sa.LargeBinary(), nullable=False),
        sa.Column("reporter_id", NUMBER, nullable=False),
        sa.Column("at_desk", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(*stages, name="stage_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(stage = 'reported') = (decided_at IS NULL) AND (stage = 'reported') = (answer IS NULL)",
            name=op.f("ck_dispute_decided_with_answer"),
        ),
        sa.CheckConstraint("due_at > reported_at", name=op.f("ck_dispute_due_after_it_was_reported")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_dispute_cycle_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["person.id"], name=op.f("fk_dispute_reporter_id")),
        sa.ForeignKeyConstraint(["roll_entry_id"], ["roll_entry.id"], name=op.f("fk_dispute_roll_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_dispute_cycle_id_number")),
    )
    op.create_index("ix_dispute_roll_entry_id", "dispute", ["roll_entry_id"])
    op.create_table(
        "voided_leaf",
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_voided_leaf_vote_id")),
        sa.PrimaryKeyConstraint("leaf", name=op.f("pk_voided_leaf")),
        sqlite_with_rowid=False,
    )
    for statement in append_only_statements("voided_leaf", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    gone = ("voided_leaf", "dispute", "turnout_look", "turnout_hour", "notices_off", "notice_round", "cast_notice")
    for table in gone:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in ("turnout_hour", "voided_leaf"):
            op.execute(f"DROP FUNCTION {table}_append_only()")
