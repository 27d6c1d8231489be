"""The code at the foot of a draft is kept, so that it is known after the report was signed."""

import json

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DRAFT = sa.table("draft_hash", sa.column("edition_id"), sa.column("data_hash"))


def upgrade() -> None:
    op.create_table(
        "draft_hash",
        sa.Column("edition_id", NUMBER, sa.ForeignKey("edition.id"), primary_key=True, autoincrement=False),
        sa.Column("data_hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_draft_hash_data_hash", "draft_hash", ["data_hash"])
    drafts = _drafts_so_far()
    if drafts:
        op.bulk_insert(DRAFT, drafts)
    for statement in append_only_statements("draft_hash", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("draft_hash")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS draft_hash_append_only()")


def _drafts_so_far() -> list[dict[str, object]]:
    """What the audit log says was frozen, of the editions that have or had the file of a draft."""
    bind = op.get_bind()
    ids = set(bind.scalars(sa.text("SELECT edition_id FROM edition_file WHERE form = 'draft'")))
    query = "SELECT body FROM audit_entry WHERE kind = 'EditionRequested' ORDER BY sequence"
    told = [json.loads(body)["facts"] for body in bind.scalars(sa.text(query))] if ids else []
    return [{name: each[name] for name in ("edition_id", "data_hash")} for each in told if each["edition_id"] in ids]
