"""Two members of the board name witnesses, accredit checkers and change the board itself."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ACTS = (
    "fix",
    "open",
    "close",
    "extend",
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
ENDINGS = ("executed", "declined", "withdrawn", "expired")
MAILS = (
    "board_asked",
    "proposal_received",
    "proposal_reviewed",
    "residence_decided",
    "result_certified",
    "sign_in_changed",
)
MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECKER = {
    "agreed_by_another": "person_id <> agreed_by_id",
    "two_persons_accredit": "accredited_by_id <> agreed_by_id",
    "one_person_is_not_enough": "agreed_by_id IS NOT NULL OR withdrawn_at IS NOT NULL",
}
WITNESS = {
    "two_persons_name_a_witness": "requester_id <> approver_id",
    "named_by_both": "(requester_id IS NULL) = (approver_id IS NULL)",
}


def upgrade() -> None:
    # What one clerk has given alone is over; two members of the board can give it anew.
    op.execute("UPDATE checker SET withdrawn_at = CURRENT_TIMESTAMP WHERE withdrawn_at IS NULL")
    with op.batch_alter_table("checker") as batch:
        batch.add_column(sa.Column("agreed_by_id", NUMBER, nullable=True))
        batch.create_foreign_key(op.f("fk_checker_agreed_by_id"), "person", ["agreed_by_id"], ["id"])
        for name, condition in CHECKER.items():
            batch.create_check_constraint(op.f(f"ck_checker_{name}"), condition)
    with op.batch_alter_table("witness", table_kwargs={"sqlite_with_rowid": False}) as batch:
        for column in ("requester_id", "approver_id"):
            batch.add_column(sa.Column(column, NUMBER, nullable=True))
            batch.create_foreign_key(op.f(f"fk_witness_{column}"), "person", [column], ["id"])
        for name, condition in WITNESS.items():
            batch.create_check_constraint(op.f(f"ck_witness_{name}"), condition)
    _guard_witness()
    _know("pending_action", "kind", *ACTS, "replace-member")
    _know("pending_action", "ending", *ENDINGS, "voided")
    _know("message", "kind", MAILS[0], "board_changed", *MAILS[1:])
    _make_board_change()


def downgrade() -> None:
    op.drop_table("board_change")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION board_change_append_only()")
    op.execute("DELETE FROM message WHERE kind = 'board_changed'")
    op.execute("DELETE FROM pending_action WHERE kind = 'replace-member' OR ending = 'voided'")
    _know("message", "kind", *MAILS)
    _know("pending_action", "ending", *ENDINGS)
    _know("pending_action", "kind", *ACTS)
    with op.batch_alter_table("witness", table_kwargs={"sqlite_with_rowid": False}) as batch:
        for name in WITNESS:
            batch.drop_constraint(op.f(f"ck_witness_{name}"), type_="check")
        for column in ("requester_id", "approver_id"):
            batch.drop_constraint(op.f(f"fk_witness_{column}"), type_="foreignkey")
            batch.drop_column(column)
    _guard_witness()
    with op.batch_alter_table("checker") as batch:
        for name in CHECKER:
            batch.drop_constraint(op.f(f"ck_checker_{name}"), type_="check")
        batch.drop_constraint(op.f("fk_checker_agreed_by_id"), type_="foreignkey")
        batch.drop_column("agreed_by_id")


def _guard_witness() -> None:
    """SQLite has made the table anew, without the triggers that keep its rows."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in append_only_statements("witness", "sqlite"):
            op.execute(statement)


def _make_board_change() -> None:
    people = ("leaver_id", "joiner_id", "requester_id", "approver_id")
    part = sa.Enum("runs", "observes", name="part_known", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "board_change",
        sa.Column("cycle_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("part", part, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        *(sa.Column(name, NUMBER, nullable=name == "joiner_id") for name in people),
        sa.CheckConstraint("requester_id <> approver_id", name=op.f("ck_board_change_two_persons_change_the_board")),
        sa.CheckConstraint("joiner_id <> leaver_id", name=op.f("ck_board_change_joiner_is_another")),
        sa.CheckConstraint(
            "joiner_id <> requester_id AND joiner_id <> approver_id",
            name=op.f("ck_board_change_nobody_lets_themselves_in"),
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_board_change_cycle_id")),
        *(sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_board_change_{name}")) for name in people),
        sa.PrimaryKeyConstraint("cycle_id", "number", name=op.f("pk_board_change")),
    )
    for statement in append_only_statements("board_change", op.get_bind().dialect.name):
        op.execute(statement)


def _know(table: str, column: str, *known: str) -> None:
    check = op.f(f"ck_{table}_{column}_known")
    listed = ", ".join(f"'{each}'" for each in known)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(check, type_="check")
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(check, f"{column} IN ({listed})")
