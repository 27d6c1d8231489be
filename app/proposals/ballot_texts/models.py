"""Short texts and their wordings in other languages; a change is a new row, and nothing is ever deleted."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.proposals.ballot_texts.rules import MOST_WORDS, ApprovedAs
from app.proposals.models import Proposal


class BallotText(Model):
    """What the ballot will say about a proposal; the one with the highest number counts, and only once approved."""

    __tablename__ = "ballot_text"
    __table_args__ = (
        sa.UniqueConstraint("proposal_id", "number"),
        sa.CheckConstraint(f"word_count BETWEEN 1 AND {MOST_WORDS}", name="at_most_sixty_words"),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_as IS NULL) AND (approved_at IS NULL) = (approved_by_id IS NULL)",
            name="approved_whole",
        ),
        sa.CheckConstraint(
            "(approved_as IS NOT NULL AND approved_as = 'clerk') = (reason IS NOT NULL)", name="a_clerk_says_why"
        ),
        sa.CheckConstraint("approved_as <> 'author' OR approved_by_id = author_id", name="approved_by_its_author"),
        sa.CheckConstraint(
            "approved_as <> 'clerk' OR (approved_by_id <> written_by_id AND approved_by_id <> author_id)",
            name="settled_by_another_than_its_writer",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    """The author of the proposal, who approves it."""
    language: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.Text)
    word_count: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 in hex of the text as UTF-8: the same on the rule card."""
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    written_at: Mapped[datetime]
    approved_as: Mapped[ApprovedAs | None] = mapped_column(words(ApprovedAs, "approved_as_known"))
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    """Why a clerk settled it for an author who did not answer; everybody reads it."""
    proposal: Mapped[Proposal] = relationship()
    written_by: Mapped[Person] = relationship(foreign_keys=[written_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])


class BallotTranslation(Model):
    """A proposal's title and one short text of it in another language of the neighborhood; the newest one counts."""

    __tablename__ = "ballot_translation"
    __table_args__ = (
        sa.CheckConstraint(f"word_count BETWEEN 1 AND {MOST_WORDS}", name="at_most_sixty_words"),
        sa.Index("ix_ballot_translation_text_id_language", "text_id", "language"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(sa.ForeignKey("ballot_text.id"))
    """The text it says in another language: of a later text it says nothing."""
    language: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str] = mapped_column(sa.String(120))
    text: Mapped[str] = mapped_column(sa.Text)
    word_count: Mapped[int]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    written_at: Mapped[datetime]


never_deleted(BallotText)
append_only(BallotTranslation)
