"""An officer says with each finding what they have to do with the proposal themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review", sa.Column("interest", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("review", "interest")
