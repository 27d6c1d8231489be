"""Stages of task forces, organizations that nominate, and seats that are offered and accepted."""

import sqlalchemy as sa
from alembic import op

from app.core.db import never_deleted_statements

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
YOUNG = (
    "kind <> 'youth' OR (shown_as IS NOT NULL AND replace(shown_as, ' ', '') = shown_as AND consent_on IS NOT NULL)"
)
SEAT_KINDS = ("co_chair", "deputy", "member", "youth", "observer", "secretary")
OLD_KINDS = ("co_chair", "member", "observer")
BODY_CHECKS = {
    "stage_known": "stage IN ('proposed', 'constituted', 'active', 'impaired', 'dissolved')",
    "impaired_by_known": "impaired_by IN ('vacancy', 'inquorate')",
    "proposed_before_constituted": "stage <> 'proposed' OR constituted_on IS NULL",
    "constituted_on_a_day": "stage IN ('proposed', 'dissolved') OR constituted_on IS NOT NULL",
    "impaired_for_a_reason": "(stage = 'impaired') = (impaired_by IS NOT NULL)",
    "followed_once_dissolved": "successor_id IS NULL OR stage = 'dissolved'",
    "not_its_own_successor": "successor_id <> id",
}
OFFER_CHECKS = {
    "ends_after_it_starts": "ends_on IS NULL OR ends_on >= starts_on",
    "the_young_by_first_name_with_consent": YOUNG,
    "ended_by_somebody": "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
    "accepted_with_a_seat": "(ending IS NOT NULL AND ending = 'accepted') = (seat_id IS NOT NULL)",
    "accepted_by_themselves_or_on_paper": "ending <> 'accepted' OR on_paper OR ended_by_id = person_id",
    "paper_attested_by_another": "NOT on_paper OR ended_by_id <> person_id",
}
OFFER_KEYS = {
    "task_force_id": "task_force",
    "person_id": "person",
    "organization_id": "organization",
    "offered_by_id": "person",
    "ended_by_id": "person",
    "seat_id": "seat",
}
DEPUTY = sa.text("kind = 'deputy' AND ends_on IS NULL")
OPEN = sa.text("ending IS NULL")
OPEN_FOR_ONE = sa.text("ending IS NULL AND kind IN ('co_chair', 'deputy')")


def upgrade() -> None:
    _bodies()
    _organizations()
    _seats()
    _offers()
    for statement in never_deleted_statements("seat_offer", op.get_bind().dialect.name):
        op.execute(statement)


def _bodies() -> None:
    with op.batch_alter_table("task_force") as batch:
        batch.add_column(sa.Column("theme", sa.String(length=160), nullable=True))
        batch.add_column(sa.Column("area_id", NUMBER, nullable=True))
        batch.add_column(sa.Column("review_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("stage", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("stage_since", sa.Date(), nullable=True))
        batch.add_column(sa.Column("impaired_by", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("proposed_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("successor_id", NUMBER, nullable=True))
    op.execute(
        "UPDATE task_force SET theme = '', stage = 'constituted', stage_since = constituted_on,"
        " proposed_on = constituted_on"
    )
    op.execute(
        "UPDATE task_force SET stage = 'active' WHERE id IN"
        " (SELECT task_force_id FROM project WHERE task_force_id IS NOT NULL)"
    )
    with op.batch_alter_table("task_force") as batch:
        batch.alter_column("theme", existing_type=sa.String(length=160), nullable=False)
        batch.alter_column("stage", existing_type=sa.String(length=40), nullable=False)
        batch.alter_column("stage_since", existing_type=sa.Date(), nullable=False)
        batch.alter_column("proposed_on", existing_type=sa.Date(), nullable=False)
        batch.alter_column("constituted_on", existing_type=sa.Date(), nullable=True)
        batch.create_foreign_key(op.f("fk_task_force_area_id"), "area", ["area_id"], ["id"])
        batch.create_foreign_key(op.f("fk_task_force_successor_id"), "task_force", ["successor_id"], ["id"])
        for name, rule in BODY_CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_task_force_{name}"), rule)


def _organizations() -> None:
    kinds = ("residents", "council", "agency", "faith", "school", "charity", "business", "oversight", "other")
    op.create_table(
        "organization",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "neighborhood_id")),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*kinds, name="kind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_organization_has_a_name")),
        sa.ForeignKeyConstraint(["neighborhood_id"], ["neighborhood.id"], name=op.f("fk_organization_neighborhood_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("neighborhood_id", "name", name=op.f("uq_organization_neighborhood_id_name")),
    )
    op.execute(
        "INSERT INTO organization (neighborhood_id, name, kind)"
        " SELECT DISTINCT t.neighborhood_id, trim(s.nominated_by), 'other' FROM seat s"
        " JOIN task_force t ON t.id = s.task_force_id WHERE length(trim(s.nominated_by)) > 0"
    )


def _seats() -> None:
    with op.batch_alter_table("seat") as batch:
        batch.drop_constraint(op.f("ck_seat_kind_known"), type_="check")
        batch.add_column(sa.Column("organization_id", NUMBER, nullable=True))
        batch.add_column(sa.Column("shown_as", sa.String(length=60), nullable=True))
        batch.add_column(sa.Column("consent_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("accepted_at", MOMENT, nullable=True))
    with op.batch_alter_table("seat") as batch:
        batch.create_check_constraint(op.f("ck_seat_kind_known"), f"kind IN ({_listed(SEAT_KINDS)})")
        batch.create_check_constraint(op.f("ck_seat_the_young_by_first_name_with_consent"), YOUNG)
        batch.create_foreign_key(op.f("fk_seat_organization_id"), "organization", ["organization_id"], ["id"])
    op.create_index("ix_seat_person_id", "seat", ["person_id"])
    op.create_index(
        "uq_seat_one_deputy_a_side",
        "seat",
        ["task_force_id", "side"],
        unique=True,
        sqlite_where=DEPUTY,
        postgresql_where=DEPUTY,
    )
    op.execute(
        "UPDATE seat SET organization_id = (SELECT o.id FROM organization o JOIN task_force t"
        " ON t.neighborhood_id = o.neighborhood_id"
        " WHERE t.id = seat.task_force_id AND o.name = trim(seat.nominated_by))"
    )


def _offers() -> None:
    op.create_table(
        "seat_offer",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "task_force_id")),
        sa.Column(
            "kind",
            sa.Enum(*SEAT_KINDS, name="kind_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum(
                "community", "institution", name="side_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("person_id", "organization_id")),
        sa.Column("shown_as", sa.String(length=60), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("offered_by_id", NUMBER, nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column(
            "ending",
            sa.Enum(
                "accepted",
                "declined",
                "taken_back",
                name="ending_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by_id", NUMBER, nullable=True),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("seat_id", NUMBER, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_seat_offer_{name}")) for name, rule in OFFER_CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_seat_offer_{column}"))
            for column, table in OFFER_KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_offer")),
        sa.UniqueConstraint("seat_id", name=op.f("uq_seat_offer_seat_id")),
    )
    for column in ("task_force_id", "person_id"):
        op.create_index(f"ix_seat_offer_{column}", "seat_offer", [column])
    for name, columns, where in (
        ("uq_seat_offer_one_a_person", ["task_force_id", "person_id"], OPEN),
        ("uq_seat_offer_one_a_side", ["task_force_id", "side", "kind"], OPEN_FOR_ONE),
    ):
        op.create_index(name, "seat_offer", columns, unique=True, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("seat_offer")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS seat_offer_no_delete")
    op.execute("UPDATE seat SET kind = 'member' WHERE kind IN ('deputy', 'youth', 'secretary')")
    op.drop_index("uq_seat_one_deputy_a_side", "seat")
    op.drop_index("ix_seat_person_id", "seat")
    with op.batch_alter_table("seat") as batch:
        for name in ("kind_known", "the_young_by_first_name_with_consent"):
            batch.drop_constraint(op.f(f"ck_seat_{name}"), type_="check")
        batch.drop_constraint(op.f("fk_seat_organization_id"), type_="foreignkey")
        for column in ("organization_id", "shown_as", "consent_on", "accepted_at"):
            batch.drop_column(column)
    with op.batch_alter_table("seat") as batch:
        batch.create_check_constraint(op.f("ck_seat_kind_known"), f"kind IN ({_listed(OLD_KINDS)})")
    op.drop_table("organization")
    op.execute("UPDATE task_force SET constituted_on = proposed_on WHERE constituted_on IS NULL")
    with op.batch_alter_table("task_force") as batch:
        for name in BODY_CHECKS:
            batch.drop_constraint(op.f(f"ck_task_force_{name}"), type_="check")
        for column in ("area_id", "successor_id"):
            batch.drop_constraint(op.f(f"fk_task_force_{column}"), type_="foreignkey")
        for column in ("theme", "area_id", "review_on", "stage", "stage_since", "impaired_by", "proposed_on"):
            batch.drop_column(column)
        batch.drop_column("successor_id")
        batch.alter_column("constituted_on", existing_type=sa.Date(), nullable=False)


def _listed(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)
