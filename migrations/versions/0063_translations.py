"""Translations of what people wrote, known by the mark of its words; who read them over; who is named to translate."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements, never_deleted_statements

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
RENDERINGS = ("whole", "summary", "same")
NAMED_NOW = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _translation()
    _reading()
    _translator()
    dialect = op.get_bind().dialect.name
    for table in ("translation", "translation_reading"):
        for statement in append_only_statements(table, dialect):
            op.execute(statement)
    for statement in never_deleted_statements("translator", dialect):
        op.execute(statement)


def downgrade() -> None:
    for table in ("translator", "translation_reading", "translation"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name in ("translation_append_only", "translation_reading_append_only", "translator_no_delete"):
            op.execute(f"DROP FUNCTION {name}()")


def _translation() -> None:
    rendering = sa.Enum(*RENDERINGS, name="rendering_known", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "translation",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("neighborhood_id", NUMBER, sa.ForeignKey("neighborhood.id"), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("source", sa.String(12), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("rendering", rendering, nullable=False),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("person_id", NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("translated_at", MOMENT, nullable=False),
        sa.UniqueConstraint("neighborhood_id", "text_hash", "language", "number"),
        sa.UniqueConstraint("id", "person_id"),
        sa.CheckConstraint("number >= 1", name="counted_from_one"),
        sa.CheckConstraint("language <> source", name="into_another_language"),
        sa.CheckConstraint("length(trim(wording)) > 0", name="says_something"),
    )


def _reading() -> None:
    op.create_table(
        "translation_reading",
        sa.Column("translation_id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("translator_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["translation_id", "translator_id"], ["translation.id", "translation.person_id"]),
        sa.CheckConstraint("person_id <> translator_id", name="read_by_somebody_else"),
    )


def _translator() -> None:
    op.create_table(
        "translator",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("neighborhood_id", NUMBER, sa.ForeignKey("neighborhood.id"), nullable=False),
        sa.Column("person_id", NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("named_by_id", NUMBER, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.Column("ended_by_id", NUMBER, sa.ForeignKey("person.id")),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
    )
    op.create_index(
        "uq_translator_once",
        "translator",
        ["neighborhood_id", "person_id"],
        unique=True,
        sqlite_where=NAMED_NOW,
        postgresql_where=NAMED_NOW,
    )
