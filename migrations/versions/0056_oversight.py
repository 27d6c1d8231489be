"""Statements of overseers, and the replies to what they recommend."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATEMENT, REPLY = "oversight_statement", "oversight_reply"
CHECKS = {
    "about_one_thing": "project_id IS NULL OR task_force_id IS NULL",
    "a_recommendation_is_replied_to": "(recommendation IS NULL) = (reply_due_on IS NULL)",
    "address_of_the_web": "address LIKE 'https://%' OR address LIKE 'http://%'",
}
KEYS = {
    "neighborhood_id": "neighborhood",
    "project_id": "project",
    "task_force_id": "task_force",
    "person_id": "person",
}


def upgrade() -> None:
    op.create_table(
        STATEMENT,
        *(sa.Column(name, NUMBER, nullable=False) for name in ("id", "neighborhood_id")),
        *(sa.Column(name, NUMBER, nullable=True) for name in ("project_id", "task_force_id")),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recommendation", sa.Text(), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("reply_due_on", sa.Date(), nullable=True),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{STATEMENT}_{name}")) for name, rule in CHECKS.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{STATEMENT}_{column}"))
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{STATEMENT}")),
    )
    for column in ("neighborhood_id", "project_id", "task_force_id"):
        op.create_index(f"ix_{STATEMENT}_{column}", STATEMENT, [column])
    op.create_table(
        REPLY,
        sa.Column("statement_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("replied_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], [f"{STATEMENT}.id"], name=op.f(f"fk_{REPLY}_statement_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{REPLY}_person_id")),
        sa.PrimaryKeyConstraint("statement_id", name=op.f(f"pk_{REPLY}")),
    )
    dialect = op.get_bind().dialect.name
    for table in (STATEMENT, REPLY):
        for statement in append_only_statements(table, dialect):
            op.execute(statement)


def downgrade() -> None:
    for table in (REPLY, STATEMENT):
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only")
