"""Every public text of a proposal is kept; those that stand now are the first."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0022"
down_revision = "0018"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
REVISION = "proposal_revision"


def upgrade() -> None:
    _keep_revisions()


def downgrade() -> None:
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
