"""Updates before they are public, and their pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
DRAFT, PICTURE = "update_draft", "update_picture"
DRAFT_CHECKS = {
    "published_with_its_update": "(stage = 'published') = (update_id IS NOT NULL)",
    "waits_until_a_day": "stage <> 'waiting' OR (handed_in_at IS NOT NULL AND due_on IS NOT NULL)",
    "signed_once_published": "signed_by_id IS NULL OR update_id IS NOT NULL",
}
PICTURE_CHECKS = {
    "four_pictures": "place BETWEEN 1 AND 4",
    "has_words": "length(words) >= 3 OR taken_down_at IS NOT NULL",
    "file_until_taken_down": (
        "(taken_down_at IS NULL) = (digest IS NOT NULL) AND (taken_down_at IS NULL) = (small_digest IS NOT NULL)"
        " AND (taken_down_at IS NULL) = (taken_down_reason IS NULL)"
    ),
}


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        DRAFT,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("project_id", NUMBER, nullable=False),
        sa.Column("writer_id", NUMBER, nullable=False),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("what_next", sa.Text(), nullable=False),
        sa.Column("stage", one_of("stage_known", "writing", "waiting", "published"), nullable=False),
        sa.Column("edition", NUMBER, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("handed_in_at", MOMENT, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("update_id", NUMBER, nullable=True),
        sa.Column("signed_by_id", NUMBER, nullable=True),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_{DRAFT}_{name}")) for name, condition in DRAFT_CHECKS.items()),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f(f"fk_{DRAFT}_project_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["person.id"], name=op.f(f"fk_{DRAFT}_signed_by_id")),
        sa.ForeignKeyConstraint(["update_id"], ["project_update.id"], name=op.f(f"fk_{DRAFT}_update_id")),
        sa.ForeignKeyConstraint(["writer_id"], ["person.id"], name=op.f(f"fk_{DRAFT}_writer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{DRAFT}")),
    )
    op.create_index("ix_update_draft_project_id", DRAFT, ["project_id"])
    op.create_index("ix_update_draft_update_id", DRAFT, ["update_id"], unique=True)
    op.create_table(
        PICTURE,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("draft_id", NUMBER, nullable=False),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("people", one_of("people_known", "nobody", "agreed"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("small_digest", sa.String(64), nullable=True),
        sa.Column("width", NUMBER, nullable=False),
        sa.Column("height", NUMBER, nullable=False),
        sa.Column("taken_down_at", MOMENT, nullable=True),
        sa.Column("taken_down_reason", sa.Text(), nullable=True),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{PICTURE}_{name}"))
            for name, condition in PICTURE_CHECKS.items()
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["update_draft.id"], name=op.f(f"fk_{PICTURE}_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{PICTURE}")),
        sa.UniqueConstraint("draft_id", "place", name=op.f(f"uq_{PICTURE}_draft_id_place")),
    )
    op.create_index("ix_update_picture_digest", PICTURE, ["digest"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_update_picture_digest", table_name=PICTURE)
    op.drop_table(PICTURE)
    op.drop_index("ix_update_draft_update_id", table_name=DRAFT)
    op.drop_index("ix_update_draft_project_id", table_name=DRAFT)
    op.drop_table(DRAFT)
