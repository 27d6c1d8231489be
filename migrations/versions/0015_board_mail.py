"""A mail to the members of a board when something waits for a second person."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

CHECK = op.f("ck_message_kind_known")
BEFORE = ("proposal_received", "proposal_reviewed", "residence_decided", "result_certified", "sign_in_changed")


def upgrade() -> None:
    _know("board_asked", *BEFORE)


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind = 'board_asked'")
    _know(*BEFORE)


def _know(*kinds: str) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(CHECK, type_="check")
    with op.batch_alter_table("message") as batch:
        batch.create_check_constraint(CHECK, f"kind IN ({listed})")
