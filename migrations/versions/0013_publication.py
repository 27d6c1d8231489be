"""A third publication level: of each ballot only what the runoffs looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LEVELS = sa.String(length=40)
CHECK = op.f("ck_cycle_publication_level_known")
BEFORE, AFTER = "publication_level IN ('full', 'totals')", "publication_level IN ('full', 'consulted', 'totals')"


def upgrade() -> None:
    _check(AFTER)


def downgrade() -> None:
    # What was promised may be less than before, never more.
    op.execute("UPDATE cycle SET publication_level = 'totals' WHERE publication_level = 'consulted'")
    _check(BEFORE)


def _check(condition: str) -> None:
    with op.batch_alter_table("cycle") as batch:
        batch.drop_constraint(CHECK, type_="check")
    with op.batch_alter_table("cycle") as batch:
        batch.create_check_constraint(CHECK, condition)
