"""The roll: imported lists, what clerks find out about lines, codes by post, stations, and entries of a list.

A cycle may ask for an age, and a residence may be verified by a code instead of a clerk.
"""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECKS_OF_RESIDENCE = {
    "decided_by_somebody": "(stage = 'registered') = (decided_by_id IS NULL AND NOT decided_by_code)",
    "decided_at_a_time": "(stage = 'registered') = (decided_at IS NULL)",
    "decided_in_one_way": "decided_by_id IS NULL OR NOT decided_by_code",
    "a_code_only_verifies": "stage = 'verified' OR NOT decided_by_code",
}
CHECKS_BEFORE = {
    "decided_by_somebody": "(stage = 'registered') = (decided_by_id IS NULL)",
    "decided_at_a_time": "(decided_by_id IS NULL) = (decided_at IS NULL)",
}
TABLES = ("code_visit", "postal_code", "code_batch", "station", "roll_change", "told_apart", "roll_strike")


def upgrade() -> None:
    _make_lists()
    _open_roll_entry()
    _make_codes()
    _make_station()
    _make_changes()
    _widen_cycle_and_residence()
    for statement in append_only_statements("roll_change", op.get_bind().dialect.name):
        op.execute(statement)


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _make_lists() -> None:
    op.create_table(
        "roll_import",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("rows", NUMBER, nullable=False),
        sa.Column("accepted", NUMBER, nullable=False),
        sa.Column("stage", _words("import_stage_known", "previewed", "confirmed", "undone"), nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("accepted BETWEEN 0 AND rows", name=op.f("ck_roll_import_accepted_within_rows")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_roll_import_by_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_roll_import_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_import")),
    )
    op.create_table(
        "rejected_row",
        sa.Column("import_id", NUMBER, nullable=False),
        sa.Column("line", NUMBER, autoincrement=False, nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["roll_import.id"], name=op.f("fk_rejected_row_import_id")),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_rejected_row")),
    )
    op.create_table(
        "listing",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("import_id", NUMBER, nullable=True),
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
        sa.ForeignKeyConstraint(["import_id"], ["roll_import.id"], name=op.f("fk_listing_import_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_listing_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint("cycle_id", "person_id", name=op.f("uq_listing_cycle_id_person_id")),
        sa.UniqueConstraint("cycle_id", "reference", name=op.f("uq_listing_cycle_id_reference")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listing_cycle_id_address_key", "listing", ["cycle_id", "address_key"])
    op.create_index("ix_listing_cycle_id_name_key", "listing", ["cycle_id", "name_key"])
    op.create_index("ix_listing_import_id", "listing", ["import_id"])
    op.create_table(
        "told_apart",
        sa.Column("listing_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_told_apart_listing_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_told_apart_person_id")),
        sa.PrimaryKeyConstraint("listing_id", "person_id", name=op.f("pk_told_apart")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roll_strike",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("listing_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (listing_id IS NULL)", name=op.f("ck_roll_strike_strikes_one_line")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_roll_strike_cycle_id")),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_roll_strike_listing_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roll_strike_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_strike")),
        sa.UniqueConstraint("cycle_id", "listing_id", name=op.f("uq_roll_strike_cycle_id_listing_id")),
        sa.UniqueConstraint("cycle_id", "person_id", name=op.f("uq_roll_strike_cycle_id_person_id")),
        sqlite_with_rowid=False,
    )


def _make_codes() -> None:
    op.create_table(
        "code_batch",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("purpose", _words("purpose_known", "residence", "voting"), nullable=False),
        sa.Column("stage", _words("batch_stage_known", "making", "ready", "taken", "replaced"), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("is_large", sa.Boolean(), nullable=False),
        sa.Column("cards", NUMBER, nullable=False),
        sa.Column("sheet", sa.String(length=64), nullable=True),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(stage = 'ready') = (sheet IS NOT NULL)", name=op.f("ck_code_batch_sheet_gone_once_taken")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_code_batch_by_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_code_batch_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_batch")),
    )
    op.create_table(
        "postal_code",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("batch_id", NUMBER, nullable=False),
        sa.Column("listing_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("residence_id", NUMBER, nullable=True),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(listing_id IS NULL) <> (residence_id IS NULL)", name=op.f("ck_postal_code_for_one_line_or_one_residence")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["code_batch.id"], name=op.f("fk_postal_code_batch_id")),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_postal_code_listing_id")),
        sa.ForeignKeyConstraint(["residence_id"], ["residence.id"], name=op.f("fk_postal_code_residence_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_postal_code")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_postal_code_batch_id", "postal_code", ["batch_id"])
    op.create_index("ix_postal_code_listing_id", "postal_code", ["listing_id"])
    op.create_table(
        "code_visit",
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("roll_entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at_station", sa.Boolean(), nullable=False),
        sa.Column("has_cast", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["roll_entry_id"], ["roll_entry.id"], name=op.f("fk_code_visit_roll_entry_id")),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_code_visit")),
        sqlite_with_rowid=False,
    )


def _make_station() -> None:
    op.create_table(
        "station",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("location", sa.String(length=120), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("casts", NUMBER, nullable=False),
        sa.Column("opened_by_id", NUMBER, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", NUMBER, nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name=op.f("ck_station_closed_by_somebody")),
        sa.CheckConstraint("casts >= 0", name=op.f("ck_station_casts_not_negative")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_station_closed_by_id")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_station_cycle_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_station_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_station_key_hash")),
    )


def _make_changes() -> None:
    op.create_table(
        "roll_change",
        sa.Column("vote_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", _words("change_kind_known", "added", "struck", "restored"), nullable=False),
        sa.Column("roll_entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requester_id", NUMBER, nullable=False),
        sa.Column("approver_id", NUMBER, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("requester_id <> approver_id", name=op.f("ck_roll_change_two_persons_change_the_roll")),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"], name=op.f("fk_roll_change_approver_id")),
        sa.ForeignKeyConstraint(["requester_id"], ["person.id"], name=op.f("fk_roll_change_requester_id")),
        sa.ForeignKeyConstraint(["roll_entry_id"], ["roll_entry.id"], name=op.f("fk_roll_change_roll_entry_id")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_roll_change_vote_id")),
        sa.PrimaryKeyConstraint("vote_id", "number", name=op.f("pk_roll_change")),
    )


def _open_roll_entry() -> None:
    with op.batch_alter_table("roll_entry", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.alter_column("person_id", existing_type=NUMBER, nullable=True)
        batch.add_column(sa.Column("listing_id", sa.LargeBinary(length=16), nullable=True))
        batch.create_foreign_key(op.f("fk_roll_entry_listing_id"), "listing", ["listing_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_roll_entry_vote_id_listing_id"), ["vote_id", "listing_id"])
        batch.create_check_constraint(
            op.f("ck_roll_entry_somebody_stands_behind_it"), "person_id IS NOT NULL OR listing_id IS NOT NULL"
        )


def _widen_cycle_and_residence() -> None:
    with op.batch_alter_table("cycle") as batch:
        batch.add_column(sa.Column("min_age", NUMBER, nullable=True))
        batch.create_check_constraint(op.f("ck_cycle_min_age_in_reach"), "min_age IS NULL OR min_age BETWEEN 1 AND 120")
    with op.batch_alter_table("residence") as batch:
        batch.add_column(sa.Column("decided_by_code", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("residence") as batch:
        batch.alter_column("decided_by_code", server_default=None)
        for name in CHECKS_BEFORE:
            batch.drop_constraint(op.f(f"ck_residence_{name}"), type_="check")
        for name, condition in CHECKS_OF_RESIDENCE.items():
            batch.create_check_constraint(op.f(f"ck_residence_{name}"), condition)


def downgrade() -> None:
    _narrow_cycle_and_residence()
    for table in TABLES:
        op.drop_table(table)
    op.execute("DELETE FROM roll_entry WHERE person_id IS NULL")
    with op.batch_alter_table("roll_entry", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_constraint(op.f("ck_roll_entry_somebody_stands_behind_it"), type_="check")
        batch.drop_constraint(op.f("uq_roll_entry_vote_id_listing_id"), type_="unique")
        batch.drop_constraint(op.f("fk_roll_entry_listing_id"), type_="foreignkey")
        batch.drop_column("listing_id")
        batch.alter_column("person_id", existing_type=NUMBER, nullable=False)
    for table in ("listing", "rejected_row", "roll_import"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS roll_change_append_only")


def _narrow_cycle_and_residence() -> None:
    op.execute("DELETE FROM residence WHERE decided_by_code")
    with op.batch_alter_table("residence") as batch:
        for name in CHECKS_OF_RESIDENCE:
            batch.drop_constraint(op.f(f"ck_residence_{name}"), type_="check")
        batch.drop_column("decided_by_code")
        for name, condition in CHECKS_BEFORE.items():
            batch.create_check_constraint(op.f(f"ck_residence_{name}"), condition)
    with op.batch_alter_table("cycle") as batch:
        batch.drop_constraint(op.f("ck_cycle_min_age_in_reach"), type_="check")
        batch.drop_column("min_age")
