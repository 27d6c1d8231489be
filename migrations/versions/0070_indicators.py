"""What a neighborhood watches of its safety: definitions in versions, values with corrections, and source files."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLES = ("indicator", "indicator_card", "reading", "requests_file")
UNIT_OF_MEASURE = (
    "measure IS NULL OR (measure IN ('opened', 'closed') AND unit = 'count')"
    " OR (measure = 'median_days' AND unit = 'days') OR (measure = 'in_time' AND unit = 'percent')"
)


def upgrade() -> None:
    _indicators()
    _readings()
    for table in TABLES:
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"DROP FUNCTION {table}_append_only()")


def _key(name: str, to: str, **more: bool) -> sa.Column[int]:
    return sa.Column(name, NUMBER, sa.ForeignKey(f"{to}.id"), nullable=False, **more)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _indicators() -> None:
    op.create_table(
        "indicator",
        sa.Column("id", NUMBER, primary_key=True),
        _key("neighborhood_id", "neighborhood"),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.UniqueConstraint("neighborhood_id", "number"),
    )
    op.create_table(
        "indicator_card",
        _key("indicator_id", "indicator", primary_key=True, autoincrement=False),
        sa.Column("version", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("title", sa.String(120), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("why", "formula", "weakness")),
        sa.Column("unit", _words("unit_known", "percent", "days", "hours", "count", "per_thousand"), nullable=False),
        sa.Column("decimals", NUMBER, nullable=False),
        sa.Column("direction", _words("direction_known", "down", "up", "neither"), nullable=False),
        sa.Column("source", sa.String(160), nullable=False),
        sa.Column("frequency", _words("frequency_known", "month", "quarter", "half_year", "year"), nullable=False),
        sa.Column("target_hundredths", NUMBER),
        sa.Column("owner", sa.String(120), nullable=False),
        sa.Column("least_n", NUMBER, nullable=False),
        sa.Column("measure", _words("measure_known", "opened", "closed", "median_days", "in_time")),
        sa.Column("service_codes", sa.String(300)),
        sa.Column("agreed_at", sa.String(160), nullable=False),
        sa.Column("agreed_on", sa.Date, nullable=False),
        sa.Column("change", sa.Text),
        _key("by_id", "person"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint("(version = 1) = (change IS NULL)", name="change_said"),
        sa.CheckConstraint("decimals BETWEEN 0 AND 2", name="few_decimals"),
        sa.CheckConstraint("least_n >= 1", name="least_of_one"),
        sa.CheckConstraint("target_hundredths >= 0", name="target_is_an_amount"),
        sa.CheckConstraint("measure IS NOT NULL OR service_codes IS NULL", name="codes_of_a_file"),
        sa.CheckConstraint(UNIT_OF_MEASURE, name="unit_of_measure"),
    )


def _readings() -> None:
    op.create_table(
        "reading",
        sa.Column("id", NUMBER, primary_key=True),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("indicator_id", "version")),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("first_on", "last_on")),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("hundredths", NUMBER),
        sa.Column("n", NUMBER, nullable=False),
        *(sa.Column(name, NUMBER) for name in ("numerator", "denominator")),
        sa.Column("is_provisional", sa.Boolean, nullable=False),
        sa.Column("file_hash", sa.String(64)),
        sa.Column("note", sa.Text),
        _key("by_id", "person"),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["indicator_id", "version"], ["indicator_card.indicator_id", "indicator_card.version"]),
        sa.UniqueConstraint("indicator_id", "first_on", "last_on", "number"),
        sa.CheckConstraint("first_on <= last_on", name="period_has_days"),
        sa.CheckConstraint("number = 1 OR (note IS NOT NULL AND length(note) > 0)", name="correction_says_why"),
        sa.CheckConstraint("number >= 1 AND n >= 0 AND hundredths >= 0", name="amounts"),
        sa.CheckConstraint("hundredths IS NOT NULL OR n = 0", name="value_unless_nothing_to_count"),
        sa.CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL) AND numerator >= 0 AND denominator >= 0", name="both_parts"
        ),
    )
    op.create_table(
        "requests_file",
        sa.Column("id", NUMBER, primary_key=True),
        _key("neighborhood_id", "neighborhood"),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("first_on", "last_on")),
        sa.Column("file_hash", sa.String(64), nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("rows", "opened", "closed", "due", "outside")),
        _key("by_id", "person"),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.CheckConstraint("first_on <= last_on", name="period_has_days"),
        sa.CheckConstraint("opened <= rows AND closed <= rows AND due <= rows AND outside <= rows", name="parts"),
    )
    op.create_index("ix_requests_file_neighborhood_id", "requests_file", ["neighborhood_id"])
