"""The board of a vote and what two of its members agree on, key holders, objections, and the later stages of a vote."""

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
EARLIER_STAGES = ("frozen", "open", "closed", "opened", "counted", "certified")
STAGES = ("frozen", "open", "closed", "reconciled", "opened", "counted", "certified", "published", "destroyed")
ACTS = (
    "fix",
    "open",
    "close",
    "reconcile",
    "open-envelopes",
    "count",
    "recount",
    "publish",
    "destroy",
    "add-to-roll",
    "strike-from-roll",
    "void-envelope",
    "settle-objection",
    "name-witness",
    "accredit",
)
CHECKS = {
    "closed_set_known_once_opened": (
        "stage IN ('frozen', 'open', 'closed', 'reconciled') OR closed_set_hash IS NOT NULL"
    ),
    "count_set_known_once_reconciled": (
        "stage <> 'reconciled' OR (count_root IS NOT NULL AND count_size IS NOT NULL)"
    ),
    "published_once": "(stage IN ('published', 'destroyed')) = (published_at IS NOT NULL)",
    "destroyed_once": "(stage = 'destroyed') = (destroyed_at IS NOT NULL)",
}


def upgrade() -> None:
    _make_board()
    _make_pending_action()
    _make_key_holder()
    _make_objection()
    _widen_vote()
    with op.batch_alter_table("trustee_key") as batch:
        batch.add_column(sa.Column("challenge", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("role_grant") as batch:
        batch.add_column(sa.Column("granted_at", MOMENT, nullable=True))
    # Nobody has proved anew who they are yet: everybody signs in once more.
    op.execute("DELETE FROM visit")
    with op.batch_alter_table("visit") as batch:
        batch.add_column(sa.Column("confirmed_at", MOMENT, nullable=False))
    _name_boards_of_running_votes()


def words(kinds: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*kinds, name=name, native_enum=False, create_constraint=True, length=40)


def _make_board() -> None:
    op.create_table(
        "vote_plan",
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("objection_days", NUMBER, nullable=False),
        sa.Column("threshold", NUMBER, nullable=False),
        sa.CheckConstraint("objection_days BETWEEN 1 AND 60", name=op.f("ck_vote_plan_objection_days_in_reach")),
        sa.CheckConstraint("threshold >= 1", name=op.f("ck_vote_plan_threshold_from_one")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_vote_plan_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_vote_plan")),
    )
    op.create_table(
        "board_member",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("part", words(("runs", "observes"), "part_known"), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_board_member_cycle_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_board_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_member")),
        sa.UniqueConstraint("cycle_id", "person_id", name=op.f("uq_board_member_cycle_id_person_id")),
    )


def _make_pending_action() -> None:
    endings = words(("executed", "declined", "withdrawn", "expired"), "ending_known")
    op.create_table(
        "pending_action",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("kind", words(ACTS, "kind_known"), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("requester_id", NUMBER, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("approver_id", NUMBER, nullable=True),
        sa.Column("ending", endings, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("requester_id <> approver_id", name=op.f("ck_pending_action_two_persons")),
        sa.CheckConstraint("(ending IS NULL) = (ended_at IS NULL)", name=op.f("ck_pending_action_ended_at_a_time")),
        sa.CheckConstraint(
            "(approver_id IS NOT NULL) = (ending IS NOT NULL AND ending = 'executed')",
            name=op.f("ck_pending_action_executed_by_approval"),
        ),
        sa.CheckConstraint("requested_at < expires_at", name=op.f("ck_pending_action_expires_later")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_pending_action_cycle_id")),
        sa.ForeignKeyConstraint(["requester_id"], ["person.id"], name=op.f("fk_pending_action_requester_id")),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"], name=op.f("fk_pending_action_approver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_action")),
    )
    op.create_index("ix_pending_action_cycle_id", "pending_action", ["cycle_id"], unique=False)


def _make_key_holder() -> None:
    op.create_table(
        "key_holder",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(length=200), nullable=True),
        sa.Column("registered_at", MOMENT, nullable=True),
        sa.CheckConstraint("number BETWEEN 1 AND 20", name=op.f("ck_key_holder_number_in_reach")),
        sa.CheckConstraint(
            "(public_key IS NULL) = (fingerprint IS NULL) AND (public_key IS NULL) = (registered_at IS NULL)",
            name=op.f("ck_key_holder_registered_with_fingerprint"),
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_key_holder_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_holder")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_key_holder_cycle_id_number")),
        sa.UniqueConstraint("cycle_id", "fingerprint", name=op.f("uq_key_holder_cycle_id_fingerprint")),
    )


def _make_objection() -> None:
    op.create_table(
        "objection",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("ending", words(("upheld", "dismissed"), "ending_known"), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(ending IS NULL) = (settled_at IS NULL) AND (ending IS NULL) = (answer IS NULL)",
            name=op.f("ck_objection_settled_with_answer"),
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_objection_cycle_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_objection_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("cycle_id", "number", name=op.f("uq_objection_cycle_id_number")),
    )


def _widen_vote() -> None:
    _change_stages(STAGES)
    with op.batch_alter_table("vote") as batch:
        batch.drop_constraint(op.f("ck_vote_closed_set_known_once_opened"), type_="check")
        batch.add_column(sa.Column("objection_days", NUMBER, nullable=False, server_default="0"))
        batch.add_column(sa.Column("count_size", NUMBER, nullable=True))
        batch.add_column(sa.Column("count_root", sa.String(length=64), nullable=True))
        for name in ("objections_until", "published_at", "destroyed_at"):
            batch.add_column(sa.Column(name, MOMENT, nullable=True))
    with op.batch_alter_table("vote") as batch:
        batch.alter_column("objection_days", server_default=None)
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_vote_{name}"), condition)


def _change_stages(known: tuple[str, ...]) -> None:
    with op.batch_alter_table("vote") as batch:
        batch.drop_constraint(op.f("ck_vote_stage_known"), type_="check")
    listed = ", ".join(f"'{stage}'" for stage in known)
    with op.batch_alter_table("vote") as batch:
        batch.create_check_constraint(op.f("ck_vote_stage_known"), f"stage IN ({listed})")


def _name_boards_of_running_votes() -> None:
    """Votes that are under way go on with the board on their rule card."""
    bind = op.get_bind()
    cards = bind.execute(
        sa.text(
            "SELECT c.cycle_id, c.content FROM rule_card c JOIN vote v ON v.cycle_id = c.cycle_id"
            " WHERE v.stage NOT IN ('certified')"
        )
    ).all()
    members = sa.table(
        "board_member", sa.column("cycle_id"), sa.column("person_id"), sa.column("part"), sa.column("named_at", MOMENT)
    )
    parts = {"clerk": "runs", "observer": "observes"}
    since = datetime(2026, 1, 1, tzinfo=UTC)
    for cycle_id, content in cards:
        named = {person["id"]: parts.get(person["role"], "runs") for person in json.loads(content)["board"]}
        for person_id, part in named.items():
            row = {"cycle_id": cycle_id, "person_id": person_id, "part": part, "named_at": since}
            bind.execute(sa.insert(members).values(**row))


def downgrade() -> None:
    for table, columns in {
        "visit": ("confirmed_at",),
        "role_grant": ("granted_at",),
        "trustee_key": ("challenge",),
    }.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column)
    with op.batch_alter_table("vote") as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_vote_{name}"), type_="check")
    with op.batch_alter_table("vote") as batch:
        for column in (
            "objection_days",
            "count_size",
            "count_root",
            "objections_until",
            "published_at",
            "destroyed_at",
        ):
            batch.drop_column(column)
    op.execute("UPDATE vote SET stage = 'closed' WHERE stage = 'reconciled'")
    op.execute("UPDATE vote SET stage = 'certified' WHERE stage IN ('published', 'destroyed')")
    _change_stages(EARLIER_STAGES)
    with op.batch_alter_table("vote") as batch:
        batch.create_check_constraint(
            op.f("ck_vote_closed_set_known_once_opened"),
            "stage IN ('frozen', 'open', 'closed') OR closed_set_hash IS NOT NULL",
        )
    op.drop_table("objection")
    op.drop_table("key_holder")
    op.drop_index("ix_pending_action_cycle_id", table_name="pending_action")
    op.drop_table("pending_action")
    op.drop_table("board_member")
    op.drop_table("vote_plan")
