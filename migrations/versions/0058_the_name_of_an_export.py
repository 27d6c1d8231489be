"""A tie-out says what the council's export was called; those made before have no name."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tie_out", sa.Column("file_name", sa.String(length=120), nullable=True))


def downgrade() -> None:
    op.drop_column("tie_out", "file_name")
