"""Every public text of a proposal is kept, those that stand now as the first; proposals can be joined with consent."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
REVISION = "proposal_revision"


MERGE = "merge_request"
STAGES = (
    "draft",
    "submitted",
    "needs_changes",
    "feasible",
    "not_feasible",
    "withdrawn",
    "on_ballot",
    "funded",
    "not_funded",
)
MAILS = (
    "board_asked",
    "board_changed",
    "proposal_received",
    "proposal_reviewed",
    "residence_decided",
    "result_certified",
    "sign_in_changed",
)
MERGED = {
    "merged_into_something": "(stage = 'merged') = (merged_into_id IS NOT NULL)",
    "not_merged_into_itself": "merged_into_id <> id",
}
MERGE_CHECKS = {
    "not_into_itself": "proposal_id <> into_id",
    "ended_by_somebody": "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
    "declined_with_reason": "ending <> 'declined' OR answer IS NOT NULL",
}


CLASH = "clash"
CLASH_CHECKS = {
    "one_row_a_pair": "first_id < second_id",
    "lifted_with_reason": (
        "(lifted_at IS NULL) = (lifted_by_id IS NULL) AND (lifted_at IS NULL) = (lifted_reason IS NULL)"
    ),
}
CLASH_KEYS = {
    "cycle_id": "cycle",
    "first_id": "proposal",
    "second_id": "proposal",
    "flagged_by_id": "person",
    "lifted_by_id": "person",
}


def upgrade() -> None:
    _keep_revisions()
    _know("proposal", "stage", *STAGES[:6], "merged", *STAGES[6:])
    _know("message", "kind", *MAILS[:2], "merge_answered", "merge_asked", *MAILS[2:])
    with op.batch_alter_table("proposal") as batch:
        batch.add_column(sa.Column("merged_into_id", NUMBER, nullable=True))
        batch.create_foreign_key(op.f("fk_proposal_merged_into_id"), "proposal", ["merged_into_id"], ["id"])
        batch.create_index("ix_proposal_merged_into_id", ["merged_into_id"])
        for name, condition in MERGED.items():
            batch.create_check_constraint(op.f(f"ck_proposal_{name}"), condition)
    _keep_merge_requests()
    _keep_clashes()


def downgrade() -> None:
    op.drop_table(CLASH)
    op.drop_table(MERGE)
    op.execute("DELETE FROM message WHERE kind IN ('merge_asked', 'merge_answered')")
    op.execute("UPDATE proposal SET stage = 'withdrawn', merged_into_id = NULL WHERE stage = 'merged'")
    with op.batch_alter_table("proposal") as batch:
        for name in MERGED:
            batch.drop_constraint(op.f(f"ck_proposal_{name}"), type_="check")
        batch.drop_constraint(op.f("fk_proposal_merged_into_id"), type_="foreignkey")
        batch.drop_index("ix_proposal_merged_into_id")
        batch.drop_column("merged_into_id")
    _know("message", "kind", *MAILS)
    _know("proposal", "stage", *STAGES)
    op.drop_table(REVISION)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {REVISION}_append_only()")


def _keep_revisions() -> None:
    table = op.create_table(
        REVISION,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("changed", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("category_id", NUMBER, nullable=False),
        sa.Column("area_id", NUMBER, nullable=True),
        sa.Column("watches_people", sa.Boolean(), nullable=False),
        sa.Column("estimate", sa.JSON(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f(f"ck_{REVISION}_counted_from_one")),
        *(
            sa.ForeignKeyConstraint([f"{to}_id"], [f"{to}.id"], name=op.f(f"fk_{REVISION}_{to}_id"))
            for to in ("proposal", "person", "category", "area")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{REVISION}")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f(f"uq_{REVISION}_proposal_id_number")),
    )
    standing = _standing_texts()
    if standing:
        op.bulk_insert(table, standing)
    for statement in append_only_statements(REVISION, op.get_bind().dialect.name):
        op.execute(statement)


def _keep_merge_requests() -> None:
    op.create_table(
        MERGE,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("into_id", NUMBER, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column(
            "ending",
            sa.Enum(
                "agreed",
                "declined",
                "taken_back",
                name="ending_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("ended_by_id", NUMBER, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_{MERGE}_{name}")) for name, condition in MERGE_CHECKS.items()),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f(f"fk_{MERGE}_proposal_id")),
        sa.ForeignKeyConstraint(["into_id"], ["proposal.id"], name=op.f(f"fk_{MERGE}_into_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f(f"fk_{MERGE}_ended_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{MERGE}")),
    )
    for name, condition in (("open", "ending IS NULL"), ("agreed", "ending = 'agreed'")):
        where = sa.text(condition)
        index = f"ix_{MERGE}_{name}"
        op.create_index(index, MERGE, ["proposal_id"], unique=True, sqlite_where=where, postgresql_where=where)
    op.create_index(f"ix_{MERGE}_into_id", MERGE, ["into_id"])


def _keep_clashes() -> None:
    op.create_table(
        CLASH,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("cycle_id", NUMBER, nullable=False),
        sa.Column("first_id", NUMBER, nullable=False),
        sa.Column("second_id", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("flagged_by_id", NUMBER, nullable=False),
        sa.Column("flagged_at", MOMENT, nullable=False),
        sa.Column("lifted_reason", sa.Text(), nullable=True),
        sa.Column("lifted_by_id", NUMBER, nullable=True),
        sa.Column("lifted_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_{CLASH}_{name}")) for name, condition in CLASH_CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{CLASH}_{column}"))
            for column, to in CLASH_KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{CLASH}")),
    )
    stands = sa.text("lifted_at IS NULL")
    columns = ["first_id", "second_id"]
    op.create_index(f"ix_{CLASH}_stands", CLASH, columns, unique=True, sqlite_where=stands, postgresql_where=stands)
    op.create_index(f"ix_{CLASH}_second_id", CLASH, ["second_id"])
    op.create_index(f"ix_{CLASH}_cycle_id", CLASH, ["cycle_id"])


def _know(table: str, column: str, *values: str) -> None:
    check = op.f(f"ck_{table}_{column}_known")
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(check, type_="check")
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(check, f"{column} IN ({listed})")


def _standing_texts() -> list[dict[str, Any]]:
    """The first revision of each proposal that everybody can read, as it stands; earlier texts were not kept."""
    names = "id author_id category_id area_id title summary need place watches_people submitted_at edited_at".split()
    columns = [sa.column("number"), *(sa.column(name, _TYPES.get(name)) for name in names)]
    proposal = sa.table("proposal", *columns)
    line = sa.table(
        "estimate_line", *(sa.column(name) for name in ("proposal_id", "position", "label", "amount_cents"))
    )
    lines: dict[int, list[list[Any]]] = {}
    connection = op.get_bind()
    for row in connection.execute(sa.select(line).order_by(line.c.proposal_id, line.c.position)):
        lines.setdefault(row.proposal_id, []).append([row.label, row.amount_cents])
    return [
        {
            "proposal_id": row.id,
            "number": 1,
            "person_id": row.author_id,
            "written_at": row.edited_at or row.submitted_at,
            "changed": "",
            "estimate": lines.get(row.id, []),
            **{name: getattr(row, name) for name in names[2:9]},
        }
        for row in connection.execute(sa.select(proposal).where(proposal.c.number.is_not(None)))
    ]


_TYPES = {"watches_people": sa.Boolean(), "submitted_at": MOMENT, "edited_at": MOMENT}
