"""A draft may lack any of its words until it is sent; who gains and who would help are asked; a cycle sets limits."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ASKED = ("gains", "helpers")
WHOLE = (
    "number IS NULL OR (title <> '' AND summary <> '' AND need <> '' AND place <> ''"
    " AND category_id IS NOT NULL AND watches_people IS NOT NULL)"
)
LIMITS = {
    "cost_limits_in_order": "least_cost_cents >= 0 AND most_cost_cents > 0 AND least_cost_cents <= most_cost_cents",
    "most_proposals_in_reach": "most_proposals IS NULL OR most_proposals BETWEEN 1 AND 1000",
}
"""An unknown limit makes the first comparison unknown, and so passes the check."""


def upgrade() -> None:
    with op.batch_alter_table("proposal") as batch:
        for name in ASKED:
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        batch.alter_column("category_id", existing_type=NUMBER, nullable=True)
        batch.alter_column("watches_people", existing_type=sa.Boolean(), nullable=True)
        batch.create_check_constraint(op.f("ck_proposal_whole_once_sent"), WHOLE)
    with op.batch_alter_table("proposal") as batch:
        for name in ASKED:
            batch.alter_column(name, server_default=None)
    for name in ASKED:
        op.add_column("proposal_revision", sa.Column(name, sa.Text(), nullable=True))
    with op.batch_alter_table("cycle") as batch:
        for name in ("least_cost_cents", "most_cost_cents", "most_proposals"):
            batch.add_column(sa.Column(name, NUMBER, nullable=True))
        for name, condition in LIMITS.items():
            batch.create_check_constraint(op.f(f"ck_cycle_{name}"), condition)


def downgrade() -> None:
    with op.batch_alter_table("cycle") as batch:
        for name in LIMITS:
            batch.drop_constraint(op.f(f"ck_cycle_{name}"), type_="check")
        for name in ("least_cost_cents", "most_cost_cents", "most_proposals"):
            batch.drop_column(name)
    for name in ASKED:
        op.drop_column("proposal_revision", name)
    _throw_away_what_is_not_whole()
    with op.batch_alter_table("proposal") as batch:
        batch.drop_constraint(op.f("ck_proposal_whole_once_sent"), type_="check")
        batch.alter_column("watches_people", existing_type=sa.Boolean(), nullable=False)
        batch.alter_column("category_id", existing_type=NUMBER, nullable=False)
        for name in ASKED:
            batch.drop_column(name)


def _throw_away_what_is_not_whole() -> None:
    """Drafts without a kind get the first of their neighborhood, and a no where nothing was answered."""
    op.execute(
        "UPDATE proposal SET category_id = (SELECT min(category.id) FROM category JOIN cycle"
        " ON cycle.neighborhood_id = category.neighborhood_id WHERE cycle.id = proposal.cycle_id)"
        " WHERE category_id IS NULL"
    )
    op.execute(sa.text("UPDATE proposal SET watches_people = :no WHERE watches_people IS NULL").bindparams(no=False))
