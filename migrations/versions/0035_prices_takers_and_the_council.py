"""Objections to prices, the task forces that take options on, and the council's confirmation of a list."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OBJECTION = "price_objection"
OBJECTION_CHECKS = {
    "answered_whole": "(outcome IS NULL) = (answered_at IS NULL) AND (outcome IS NULL) = (answer IS NULL)"
    " AND (outcome IS NULL) = (officer_id IS NULL)",
    "changed_by_a_new_costing": "(outcome IS NOT NULL AND outcome = 'changed') = (new_costing_id IS NOT NULL)",
    "the_new_costing_is_newer": "new_costing_id > costing_id",
    "answered_by_another": "officer_id <> person_id",
}
MAIL = op.f("ck_message_kind_known")
NEW_MAIL = ("ballot_text_settled", "ballot_text_waits", "price_answered")
BEFORE = (
    "board_asked",
    "board_changed",
    "clash_flagged",
    "deadline_coming",
    "followed_news",
    "merge_answered",
    "merge_asked",
    "part_hidden",
    "proposal_received",
    "proposal_reviewed",
    "residence_decided",
    "result_certified",
    "second_look_answered",
    "sign_in_changed",
    "split_answered",
    "split_asked",
    "split_told",
    "words_judged",
)
OBJECTION_KEYS = {
    "proposal_id": "proposal",
    "costing_id": "costing",
    "person_id": "person",
    "officer_id": "person",
    "new_costing_id": "costing",
}


def upgrade() -> None:
    _objections()
    _takers()
    _council()
    _know(*sorted((*BEFORE, *NEW_MAIL)))
    dialect = op.get_bind().dialect.name
    for statement in never_deleted_statements(OBJECTION, dialect) + append_only_statements(
        "council_confirmation", dialect
    ):
        op.execute(statement)


def _objections() -> None:
    op.create_table(
        OBJECTION,
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "proposal_id", "costing_id", "person_id")),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("kept", "changed", name="outcome_known", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("officer_id", NUMBER, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("new_costing_id", NUMBER, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{OBJECTION}_{name}")) for name, rule in OBJECTION_CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{OBJECTION}_{column}"))
            for column, table in OBJECTION_KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{OBJECTION}")),
        sa.UniqueConstraint("costing_id", "person_id", name=op.f(f"uq_{OBJECTION}_costing_id_person_id")),
    )
    op.create_index(f"ix_{OBJECTION}_proposal_id", OBJECTION, ["proposal_id"])


def _takers() -> None:
    op.create_table(
        "remit",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "task_force_id")),
        *(sa.Column(name, NUMBER, nullable=True) for name in ("category_id", "area_id")),
        sa.CheckConstraint(
            "(category_id IS NULL) <> (area_id IS NULL)", name=op.f("ck_remit_one_category_or_one_area")
        ),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name=op.f("fk_remit_task_force_id")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_remit_category_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_remit_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remit")),
        sa.UniqueConstraint("category_id", name=op.f("uq_remit_category_id")),
        sa.UniqueConstraint("area_id", name=op.f("uq_remit_area_id")),
    )
    op.create_index("ix_remit_task_force_id", "remit", ["task_force_id"])
    op.create_table(
        "taking",
        sa.Column("proposal_id", NUMBER, autoincrement=False, nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("task_force_id", "named_by_id")),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_taking_proposal_id")),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name=op.f("fk_taking_task_force_id")),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name=op.f("fk_taking_named_by_id")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_taking")),
    )
    op.create_index("ix_taking_task_force_id", "taking", ["task_force_id"])


def _council() -> None:
    op.create_table(
        "council_confirmation",
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "cycle_id")),
        sa.Column("list_hash", sa.String(length=64), nullable=False),
        sa.Column("confirmed_by", sa.String(length=160), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("recorded_by_id", NUMBER, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "address LIKE 'https://%' OR address LIKE 'http://%'",
            name=op.f("ck_council_confirmation_address_of_the_web"),
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_council_confirmation_cycle_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_council_confirmation_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_confirmation")),
    )
    op.create_index("ix_council_confirmation_cycle_id", "council_confirmation", ["cycle_id"])


def downgrade() -> None:
    listed = ", ".join(f"'{kind}'" for kind in NEW_MAIL)
    op.execute(f"DELETE FROM message WHERE kind IN ({listed})")
    _know(*BEFORE)
    for table in ("council_confirmation", "taking", "remit", OBJECTION):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS council_confirmation_append_only")
        op.execute(f"DROP FUNCTION IF EXISTS {OBJECTION}_no_delete")


def _know(*kinds: str) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(MAIL, type_="check")
    with op.batch_alter_table("message") as batch:
        batch.create_check_constraint(MAIL, f"kind IN ({listed})")
