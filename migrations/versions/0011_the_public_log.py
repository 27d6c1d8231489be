"""The public log of a vote: waiting leaves, leaves in their places, signed heads, witnesses and their signatures."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = ("log_leaf", "tree_head", "witness", "cosignature")


def upgrade() -> None:
    op.add_column("vote", sa.Column("log_public_key", sa.LargeBinary(length=32), nullable=True))
    op.create_table(
        "pending_leaf",
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_pending_leaf_vote_id")),
        sa.PrimaryKeyConstraint("leaf", name=op.f("pk_pending_leaf")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "log_leaf",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.CheckConstraint("position >= 0", name=op.f("ck_log_leaf_position_from_zero")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_log_leaf_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "position", name=op.f("pk_log_leaf")),
        sa.UniqueConstraint("leaf", name=op.f("uq_log_leaf_leaf")),
        sqlite_with_rowid=False,
    )
    _heads_and_witnesses()
    for table in KEPT:
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _heads_and_witnesses() -> None:
    op.create_table(
        "tree_head",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("size", NUMBER, autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("slot", NUMBER, nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.CheckConstraint("size >= 1", name=op.f("ck_tree_head_size_from_one")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_tree_head_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "size", name=op.f("pk_tree_head")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "witness",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_witness_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "public_key", name=op.f("pk_witness")),
        sa.UniqueConstraint("vote_id", "name", name=op.f("uq_witness_vote_id_name")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cosignature",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("size", NUMBER, autoincrement=False, nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["vote_id", "size"], ["tree_head.vote_id", "tree_head.size"], name=op.f("fk_cosignature_vote_id_size")
        ),
        sa.ForeignKeyConstraint(
            ["vote_id", "public_key"],
            ["witness.vote_id", "witness.public_key"],
            name=op.f("fk_cosignature_vote_id_public_key"),
        ),
        sa.PrimaryKeyConstraint("vote_id", "size", "public_key", name=op.f("pk_cosignature")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("cosignature", "witness", "tree_head", "log_leaf", "pending_leaf"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in KEPT:
            op.execute(f"DROP FUNCTION {table}_append_only()")
    op.drop_column("vote", "log_public_key")
