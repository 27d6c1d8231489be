"""Co-authors and invitations, a private contact for officers, and the prices that help with an estimate."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
INVITATION = {
    "ended_somehow": "(ending IS NULL) = (ended_at IS NULL)",
    "accepted_by_somebody": "ending IS NULL OR ending <> 'accepted' OR person_id IS NOT NULL",
    "nobody_invites_themselves": "person_id <> invited_by_id",
}


def upgrade() -> None:
    op.create_table(
        "proposal_contact",
        sa.Column("proposal_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_proposal_contact_says_something")),
        _key("proposal_contact", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_contact")),
    )
    op.create_table(
        "help_price",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("neighborhood_id", NUMBER, nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("amount_cents", NUMBER, nullable=False),
        sa.Column("note", sa.String(length=160), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_help_price_costs_something")),
        _key("help_price", "neighborhood_id", "neighborhood"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_price")),
        sa.UniqueConstraint("neighborhood_id", "label", name=op.f("uq_help_price_neighborhood_id_label")),
    )
    op.create_table(
        "co_author",
        sa.Column("proposal_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        _key("co_author", "proposal_id", "proposal"),
        _key("co_author", "person_id", "person"),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_co_author")),
    )
    op.create_index("ix_co_author_person_id", "co_author", ["person_id"])
    _make_invitation()


def downgrade() -> None:
    for table in ("co_author_invitation", "co_author", "help_price", "proposal_contact"):
        op.drop_table(table)


def _make_invitation() -> None:
    table = "co_author_invitation"
    endings = sa.Enum(
        "accepted", "declined", "taken_back", name="ending_known", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        table,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("invited_by_id", NUMBER, nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("ending", endings, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}")) for name, condition in INVITATION.items()),
        _key(table, "proposal_id", "proposal"),
        _key(table, "invited_by_id", "person"),
        _key(table, "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("code", name=op.f(f"uq_{table}_code")),
    )
    op.create_index(f"ix_{table}_proposal_id", table, ["proposal_id"])
    op.create_index(f"ix_{table}_email", table, ["email"])


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))
