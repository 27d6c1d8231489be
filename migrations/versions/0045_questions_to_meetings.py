"""A question can be about a meeting."""

import sqlalchemy as sa
from alembic import op

from app.core.db import never_deleted_statements

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONE = op.f("ck_question_about_one_thing")
KEY = op.f("fk_question_meeting_id")
BEFORE = ("project", "task_force", "area")


def upgrade() -> None:
    with op.batch_alter_table("question") as batch:
        batch.add_column(sa.Column("meeting_id", NUMBER, nullable=True))
        batch.create_foreign_key(KEY, "meeting", ["meeting_id"], ["id"])
        batch.drop_constraint(ONE, type_="check")
        batch.create_check_constraint(ONE, _one_of(*BEFORE, "meeting"))
    op.create_index("ix_question_meeting_id", "question", ["meeting_id"])
    _keep_for_good()


def downgrade() -> None:
    op.drop_index("ix_question_meeting_id", "question")
    with op.batch_alter_table("question") as batch:
        batch.drop_constraint(ONE, type_="check")
        batch.create_check_constraint(ONE, _one_of(*BEFORE))
        batch.drop_constraint(KEY, type_="foreignkey")
        batch.drop_column("meeting_id")
    _keep_for_good()


def _one_of(*subjects: str) -> str:
    return " + ".join(f"CASE WHEN {each}_id IS NULL THEN 0 ELSE 1 END" for each in subjects) + " <= 1"


def _keep_for_good() -> None:
    """SQLite has built the table anew, without its trigger."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in never_deleted_statements("question", "sqlite"):
            op.execute(statement)
