"""The published contract behind a commitment."""

import sqlalchemy as sa
from alembic import op

from app.core.db import append_only_statements

revision = "0071"
down_revision = "0069"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _contracts()


def downgrade() -> None:
    op.drop_table("published_contract")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS published_contract_append_only")


def _contracts() -> None:
    keys = {"commitment_id": "commitment", "said_by_id": "person"}
    checks = {
        "ocid_with_its_prefix": "ocid LIKE 'ocds-______-_%'",
        "link_is_safe": "url LIKE 'https://_%'",
        "link_with_an_ocid": "url IS NULL OR ocid IS NOT NULL",
    }
    op.create_table(
        "published_contract",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("commitment_id", NUMBER, nullable=False),
        sa.Column("ocid", sa.String(length=120), nullable=True),
        sa.Column("url", sa.String(length=300), nullable=True),
        sa.Column("said_by_id", NUMBER, nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_published_contract_{name}")) for name, rule in checks.items()),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_published_contract_{column}"))
            for column, other in keys.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_contract")),
    )
    op.create_index("ix_published_contract_commitment_id", "published_contract", ["commitment_id"])
    for statement in append_only_statements("published_contract", op.get_bind().dialect.name):
        op.execute(statement)
