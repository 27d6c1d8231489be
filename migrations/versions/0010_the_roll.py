"""The roll: lines that come from a list or the desk, and entries of the roll that stand on them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SOMEBODY = "person_id IS NOT NULL OR listing_id IS NOT NULL"


def upgrade() -> None:
    _make_listing()
    _open_roll_entry()


def _make_listing() -> None:
    op.create_table(
        "listing",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("area_id", NUMBER, nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("name_key", sa.String(length=240), nullable=False),
        sa.Column("address_key", sa.String(length=600), nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_listing_area_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_listing_cycle_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_listing_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint("cycle_id", "person_id", name=op.f("uq_listing_cycle_id_person_id")),
        sa.UniqueConstraint("cycle_id", "reference", name=op.f("uq_listing_cycle_id_reference")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listing_cycle_id_name_key", "listing", ["cycle_id", "name_key"])


def _open_roll_entry() -> None:
    with op.batch_alter_table("roll_entry", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.alter_column("person_id", existing_type=NUMBER, nullable=True)
        batch.add_column(sa.Column("listing_id", sa.LargeBinary(length=16), nullable=True))
        batch.create_foreign_key(op.f("fk_roll_entry_listing_id"), "listing", ["listing_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_roll_entry_vote_id_listing_id"), ["vote_id", "listing_id"])
        batch.create_check_constraint(op.f("ck_roll_entry_somebody_stands_behind_it"), SOMEBODY)


def downgrade() -> None:
    op.execute("DELETE FROM roll_entry WHERE person_id IS NULL")
    with op.batch_alter_table("roll_entry", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_constraint(op.f("ck_roll_entry_somebody_stands_behind_it"), type_="check")
        batch.drop_constraint(op.f("uq_roll_entry_vote_id_listing_id"), type_="unique")
        batch.drop_constraint(op.f("fk_roll_entry_listing_id"), type_="foreignkey")
        batch.drop_column("listing_id")
        batch.alter_column("person_id", existing_type=NUMBER, nullable=False)
    op.drop_index("ix_listing_cycle_id_name_key", table_name="listing")
    op.drop_table("listing")
