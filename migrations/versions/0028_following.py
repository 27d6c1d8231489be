"""Who follows which proposal, which mail somebody does not want, and which ends have been told."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MAIL = op.f("ck_message_kind_known")
BEFORE = (
    "board_asked",
    "board_changed",
    "merge_answered",
    "merge_asked",
    "proposal_received",
    "proposal_reviewed",
    "residence_decided",
    "result_certified",
    "second_look_answered",
    "sign_in_changed",
)
ADDED = ("deadline_coming", "followed_news")
NOTICE = {
    "about_one_thing": "(cycle_id IS NULL) <> (review_id IS NULL)",
    "about_a_review": "(kind IN ('second_look', 'changes')) = (review_id IS NOT NULL)",
}


def upgrade() -> None:
    op.create_table(
        "follow",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("proposal_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=False),
        sa.Column("followed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_follow_proposal_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follow_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("proposal_id", "person_id", name=op.f("uq_follow_proposal_id_person_id")),
    )
    op.create_index("ix_follow_person_id", "follow", ["person_id"])
    op.create_table(
        "mail_stop",
        sa.Column("person_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("topic", _words("topic_known", "own", "joining", "followed", "deadlines"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_stop_person_id")),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_mail_stop")),
    )
    op.create_table(
        "deadline_notice",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column(
            "kind", _words("deadline_known", "collecting", "reviewing", "voting", "second_look", "changes"),
            nullable=False,
        ),
        sa.Column("cycle_id", NUMBER, nullable=True),
        sa.Column("review_id", NUMBER, nullable=True),
        sa.Column("ends_at", MOMENT, nullable=False),
        *(sa.CheckConstraint(check, name=op.f(f"ck_deadline_notice_{name}")) for name, check in NOTICE.items()),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_deadline_notice_cycle_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_deadline_notice_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_notice")),
        sa.UniqueConstraint("cycle_id", "kind", "ends_at", name=op.f("uq_deadline_notice_cycle_id_kind_ends_at")),
        sa.UniqueConstraint("review_id", name=op.f("uq_deadline_notice_review_id")),
    )
    _know(*sorted((*BEFORE, *ADDED)))


def downgrade() -> None:
    op.execute("DELETE FROM message WHERE kind IN ('deadline_coming', 'followed_news')")
    _know(*BEFORE)
    for table in ("deadline_notice", "mail_stop", "follow"):
        op.drop_table(table)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _know(*kinds: str) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(MAIL, type_="check")
    with op.batch_alter_table("message") as batch:
        batch.create_check_constraint(MAIL, f"kind IN ({listed})")
