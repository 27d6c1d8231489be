"""Comments and their answers; hidden ones keep their text."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, never_deleted, words
from app.proposals.discussion.rules import Stance


class Comment(Model):
    """What somebody says about a proposal, or answers to a comment; never deleted, only hidden with a public reason."""

    __tablename__ = "comment"
    __table_args__ = (
        sa.UniqueConstraint("id", "proposal_id"),
        sa.ForeignKeyConstraint(
            ["parent_id", "proposal_id"], ["comment.id", "comment.proposal_id"], name="fk_comment_answer_same_proposal"
        ),
        sa.CheckConstraint("(parent_id IS NULL) = (stance IS NOT NULL)", name="stance_unless_answer"),
        sa.CheckConstraint(
            "(hidden_at IS NULL) = (hidden_by_id IS NULL) AND (hidden_at IS NULL) = (hidden_reason IS NULL)"
            " AND (hidden_reason IS NULL OR length(trim(hidden_reason)) > 0)",
            name="hidden_needs_reason",
        ),
        sa.CheckConstraint("hidden_by_id <> author_id", name="nobody_hides_their_own"),
        sa.Index("ix_comment_proposal_id_parent_id", "proposal_id", "parent_id"),
        sa.Index("ix_comment_parent_id", "parent_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    parent_id: Mapped[int | None]
    """The comment it answers; answers have no answers."""
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    stance: Mapped[Stance | None] = mapped_column(words(Stance, "stance_known"))
    text: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    hidden_reason: Mapped[str | None] = mapped_column(sa.Text)


never_deleted(Comment)
