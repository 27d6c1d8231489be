"""Votes, the roll, envelopes, counted ballots and results."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = ("counted_ballot", "option")


def upgrade() -> None:
    op.create_table(
        "vote",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "frozen",
                "open",
                "closed",
                "opened",
                "counted",
                "certified",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grace_seconds", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("threshold", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("trustees", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule_card_hash", sa.String(length=64), nullable=False),
        sa.Column("option_seed", sa.String(length=64), nullable=False),
        sa.Column("roll_hash", sa.String(length=64), nullable=True),
        sa.Column("roll_size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("closed_set_hash", sa.String(length=64), nullable=True),
        sa.Column("early_close_reason", sa.Text(), nullable=True),
        sa.Column("unreadable", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("stage = 'frozen' OR roll_hash IS NOT NULL", name=op.f("ck_vote_roll_frozen_at_opening")),
        sa.CheckConstraint(
            "stage IN ('frozen', 'open', 'closed') OR closed_set_hash IS NOT NULL",
            name=op.f("ck_vote_closed_set_known_once_opened"),
        ),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_vote_closes_after_it_opens")),
        sa.CheckConstraint("threshold BETWEEN 1 AND trustees", name=op.f("ck_vote_threshold_within_trustees")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_vote_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("cycle_id", name=op.f("uq_vote_cycle_id")),
    )
    op.create_table(
        "counted_ballot",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "source",
            sa.Enum("online", "paper", name="source_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("ranking", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_counted_ballot_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_counted_ballot_vote_id", "counted_ballot", ["vote_id"], unique=False)
    op.create_table(
        "option",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("proposal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_option_cost_not_negative")),
        sa.CheckConstraint("number BETWEEN 1 AND 10000", name=op.f("ck_option_number_in_reach")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_option_proposal_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_option_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "number", name=op.f("pk_option")),
        sa.UniqueConstraint("vote_id", "proposal_id", name=op.f("uq_option_vote_id_proposal_id")),
    )
    op.create_table(
        "result",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("closed_set_hash", sa.String(length=64), nullable=False),
        sa.Column("lot_seed", sa.String(length=64), nullable=False),
        sa.Column("lot_order", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_hash", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.String(length=200), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clerk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("observer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("certified_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(certified_at IS NOT NULL) = (clerk_id IS NOT NULL AND observer_id IS NOT NULL)",
            name=op.f("ck_result_certified_by_both"),
        ),
        sa.CheckConstraint(
            "clerk_id IS NULL OR observer_id IS NULL OR clerk_id <> observer_id",
            name=op.f("ck_result_two_persons_certify"),
        ),
        sa.ForeignKeyConstraint(["clerk_id"], ["person.id"], name=op.f("fk_result_clerk_id")),
        sa.ForeignKeyConstraint(["observer_id"], ["person.id"], name=op.f("fk_result_observer_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_result_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("vote_id", "number", name=op.f("uq_result_vote_id_number")),
    )
    op.create_table(
        "roll_entry",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "none",
                "online",
                "paper_issued",
                "paper_returned",
                "void",
                name="channel_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("channel <> 'online' OR revision > 0", name=op.f("ck_roll_entry_online_means_an_envelope")),
        sa.CheckConstraint("revision >= 0", name=op.f("ck_roll_entry_revision_from_zero")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roll_entry_person_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_roll_entry_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_entry")),
        sa.UniqueConstraint("vote_id", "person_id", name=op.f("uq_roll_entry_vote_id_person_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trustee_key",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("algorithm", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(length=200), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_trustee_key_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "number", name=op.f("pk_trustee_key")),
    )
    op.create_table(
        "envelope",
        sa.Column("roll_entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "revision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("idempotency_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.Column("nonce", sa.LargeBinary(length=16), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_envelope_revision_from_one")),
        sa.ForeignKeyConstraint(["roll_entry_id"], ["roll_entry.id"], name=op.f("fk_envelope_roll_entry_id")),
        sa.PrimaryKeyConstraint("roll_entry_id", "revision", name=op.f("pk_envelope")),
        sa.UniqueConstraint("leaf", name=op.f("uq_envelope_leaf")),
        sa.UniqueConstraint("roll_entry_id", "idempotency_key", name=op.f("uq_envelope_roll_entry_id_idempotency_key")),
        sqlite_with_rowid=False,
    )
    for table in APPEND_ONLY:
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("envelope")
    op.drop_table("trustee_key")
    op.drop_table("roll_entry")
    op.drop_table("result")
    op.drop_table("option")
    op.drop_index("ix_counted_ballot_vote_id", table_name="counted_ballot")
    op.drop_table("counted_ballot")
    op.drop_table("vote")
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only")
