"""Paper ballots: boxes, stock and stubs; batches, slips and entries; samples and prints."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_box",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("joined_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("stubs_counted", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("joined_to_id <> id", name=op.f("ck_paper_box_not_joined_to_itself")),
        sa.CheckConstraint("stubs_counted >= 0", name=op.f("ck_paper_box_stubs_not_negative")),
        sa.ForeignKeyConstraint(["joined_to_id"], ["paper_box.id"], name=op.f("fk_paper_box_joined_to_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_paper_box_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_box")),
        sa.UniqueConstraint("vote_id", "number", name=op.f("uq_paper_box_vote_id_number")),
    )
    op.create_table(
        "paper_sample",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=False),
        sa.Column("share_percent", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("observer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("share_percent IN (1, 2, 5)", name=op.f("ck_paper_sample_share_known")),
        sa.CheckConstraint("size >= 1", name=op.f("ck_paper_sample_size_from_one")),
        sa.ForeignKeyConstraint(["observer_id"], ["person.id"], name=op.f("fk_paper_sample_observer_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_paper_sample_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_paper_sample")),
    )
    op.create_table(
        "paper_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("box_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_whole_vote", sa.Boolean(), nullable=False),
        sa.Column("counted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("confirmed_by_id <> counted_by_id", name=op.f("ck_paper_batch_two_persons_count")),
        sa.CheckConstraint("size >= 10 OR is_whole_vote", name=op.f("ck_paper_batch_ten_or_the_whole_vote")),
        sa.CheckConstraint("size BETWEEN 1 AND 50", name=op.f("ck_paper_batch_size_in_reach")),
        sa.ForeignKeyConstraint(["box_id"], ["paper_box.id"], name=op.f("fk_paper_batch_box_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_paper_batch_confirmed_by_id")),
        sa.ForeignKeyConstraint(["counted_by_id"], ["person.id"], name=op.f("fk_paper_batch_counted_by_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_paper_batch_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batch")),
        sa.UniqueConstraint("vote_id", "number", name=op.f("uq_paper_batch_vote_id_number")),
    )
    op.create_table(
        "paper_stock",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("box_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("large_print", sa.Boolean(), nullable=False),
        sa.Column("first_stub", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("printed", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("spoiled", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unused", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("(spoiled IS NULL) = (unused IS NULL)", name=op.f("ck_paper_stock_counted_together")),
        sa.CheckConstraint("first_stub >= 1", name=op.f("ck_paper_stock_stubs_from_one")),
        sa.CheckConstraint("printed BETWEEN 1 AND 5000", name=op.f("ck_paper_stock_printed_in_reach")),
        sa.CheckConstraint("spoiled >= 0 AND unused >= 0", name=op.f("ck_paper_stock_counts_not_negative")),
        sa.ForeignKeyConstraint(["box_id"], ["paper_box.id"], name=op.f("fk_paper_stock_box_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_paper_stock_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_stock")),
        sa.UniqueConstraint("vote_id", "first_stub", name=op.f("uq_paper_stock_vote_id_first_stub")),
    )
    op.create_table(
        "paper_print",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("ballots", "pack", name="kind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("stock_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("percent", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("files", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'ballots') = (stock_id IS NOT NULL)", name=op.f("ck_paper_print_ballots_of_a_printing")
        ),
        sa.CheckConstraint(
            "(finished_at IS NOT NULL) = (files IS NOT NULL)", name=op.f("ck_paper_print_finished_with_files")
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_paper_print_percent_is_one")),
        sa.ForeignKeyConstraint(["stock_id"], ["paper_stock.id"], name=op.f("fk_paper_print_stock_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_paper_print_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_print")),
    )
    op.create_table(
        "paper_sitting",
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "turn",
            sa.Enum(
                "first", "second", "third", name="turn_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["paper_batch.id"], name=op.f("fk_paper_sitting_batch_id")),
        sa.ForeignKeyConstraint(["operator_id"], ["person.id"], name=op.f("fk_paper_sitting_operator_id")),
        sa.PrimaryKeyConstraint("batch_id", "operator_id", name=op.f("pk_paper_sitting_one_turn_per_account")),
        sa.UniqueConstraint("batch_id", "operator_id", "turn", name=op.f("uq_paper_sitting_batch_id_operator_id_turn")),
    )
    op.create_table(
        "paper_slip",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("number BETWEEN 1000 AND 9999", name=op.f("ck_paper_slip_number_of_four_digits")),
        sa.ForeignKeyConstraint(["batch_id"], ["paper_batch.id"], name=op.f("fk_paper_slip_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_slip")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_paper_slip_batch_id_number")),
        sa.UniqueConstraint("id", "batch_id", name=op.f("uq_paper_slip_id_batch_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_stub",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stock_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("roll_entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "issued",
                "returned",
                "spoiled",
                "lost",
                name="stage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_post", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["roll_entry_id"], ["roll_entry.id"], name=op.f("fk_paper_stub_roll_entry_id")),
        sa.ForeignKeyConstraint(["stock_id"], ["paper_stock.id"], name=op.f("fk_paper_stub_stock_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_paper_stub_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_stub")),
        sa.UniqueConstraint("vote_id", "number", name=op.f("uq_paper_stub_vote_id_number")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_paper_stub_one_in_force",
        "paper_stub",
        ["roll_entry_id"],
        unique=True,
        sqlite_where=sa.text("stage IN ('issued', 'returned')"),
        postgresql_where=sa.text("stage IN ('issued', 'returned')"),
    )
    op.create_table(
        "paper_check",
        sa.Column("slip_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("observer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ranking", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "rejected",
            sa.Enum(
                "blank",
                "unclear",
                "not_a_ballot",
                "too_many",
                "signed",
                name="rejected_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(ranking IS NULL) = (rejected IS NOT NULL)", name=op.f("ck_paper_check_ranked_or_rejected")
        ),
        sa.ForeignKeyConstraint(["observer_id"], ["person.id"], name=op.f("fk_paper_check_observer_id")),
        sa.ForeignKeyConstraint(["slip_id"], ["paper_slip.id"], name=op.f("fk_paper_check_slip_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["paper_sample.vote_id"], name=op.f("fk_paper_check_vote_id")),
        sa.PrimaryKeyConstraint("slip_id", name=op.f("pk_paper_check")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper_entry",
        sa.Column("slip_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "turn",
            sa.Enum(
                "first", "second", "third", name="turn_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ranking", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "rejected",
            sa.Enum(
                "blank",
                "unclear",
                "not_a_ballot",
                "too_many",
                "signed",
                name="rejected_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("turn <> 'third'", name=op.f("ck_paper_entry_first_or_second")),
        sa.CheckConstraint(
            "(ranking IS NULL) = (rejected IS NOT NULL)", name=op.f("ck_paper_entry_ranked_or_rejected")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id", "operator_id", "turn"],
            ["paper_sitting.batch_id", "paper_sitting.operator_id", "paper_sitting.turn"],
            name=op.f("fk_paper_entry_batch_id_operator_id_turn"),
        ),
        sa.ForeignKeyConstraint(
            ["slip_id", "batch_id"],
            ["paper_slip.id", "paper_slip.batch_id"],
            name=op.f("fk_paper_entry_slip_id_batch_id"),
        ),
        sa.PrimaryKeyConstraint("slip_id", "turn", name=op.f("pk_paper_entry")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_paper_entry_batch_id", "paper_entry", ["batch_id"], unique=False)
    op.create_table(
        "paper_resolution",
        sa.Column("slip_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "turn",
            sa.Enum(
                "first", "second", "third", name="turn_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("ranking", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "rejected",
            sa.Enum(
                "blank",
                "unclear",
                "not_a_ballot",
                "too_many",
                "signed",
                name="rejected_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("turn = 'third'", name=op.f("ck_paper_resolution_by_a_third_account")),
        sa.CheckConstraint(
            "(ranking IS NULL) = (rejected IS NOT NULL)", name=op.f("ck_paper_resolution_ranked_or_rejected")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id", "operator_id", "turn"],
            ["paper_sitting.batch_id", "paper_sitting.operator_id", "paper_sitting.turn"],
            name=op.f("fk_paper_resolution_batch_id_operator_id_turn"),
        ),
        sa.ForeignKeyConstraint(
            ["slip_id", "batch_id"],
            ["paper_slip.id", "paper_slip.batch_id"],
            name=op.f("fk_paper_resolution_slip_id_batch_id"),
        ),
        sa.PrimaryKeyConstraint("slip_id", name=op.f("pk_paper_resolution")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_paper_resolution_batch_id", "paper_resolution", ["batch_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_paper_resolution_batch_id", table_name="paper_resolution")
    op.drop_table("paper_resolution")
    op.drop_index("ix_paper_entry_batch_id", table_name="paper_entry")
    op.drop_table("paper_entry")
    op.drop_table("paper_check")
    op.drop_index(
        "uq_paper_stub_one_in_force",
        table_name="paper_stub",
        sqlite_where=sa.text("stage IN ('issued', 'returned')"),
        postgresql_where=sa.text("stage IN ('issued', 'returned')"),
    )
    op.drop_table("paper_stub")
    op.drop_table("paper_slip")
    op.drop_table("paper_sitting")
    op.drop_table("paper_print")
    op.drop_table("paper_stock")
    op.drop_table("paper_batch")
    op.drop_table("paper_sample")
    op.drop_table("paper_box")
