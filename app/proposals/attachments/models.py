"""What hangs on a proposal; the files themselves are kept by `core.files`."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, words
from app.proposals.attachments.rules import Kind
from app.proposals.models import Proposal


class Attachment(Model):
    """A picture or a PDF of a proposal, with the words for people who do not see it."""

    __tablename__ = "attachment"
    __table_args__ = (
        sa.UniqueConstraint("proposal_id", "kind", "place"),
        sa.CheckConstraint(
            "(kind = 'picture' AND place BETWEEN 1 AND 5) OR (kind = 'pdf' AND place BETWEEN 1 AND 3)",
            name="five_pictures_and_three_pdfs",
        ),
        sa.CheckConstraint("length(words) >= 3", name="has_words"),
        sa.CheckConstraint(
            "(kind = 'picture') = (small_digest IS NOT NULL) AND (kind = 'picture') = (width IS NOT NULL)"
            " AND (kind = 'picture') = (height IS NOT NULL) AND (kind = 'pdf') = (pages IS NOT NULL)",
            name="measured_by_kind",
        ),
        sa.Index("ix_attachment_digest", "digest", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    kind: Mapped[Kind] = mapped_column(words(Kind, "kind_known"))
    place: Mapped[int]
    """From 1, by kind; the first picture stands on the card."""
    words: Mapped[str] = mapped_column(sa.String(200))
    """What a picture shows, or what a PDF is."""
    digest: Mapped[str] = mapped_column(sa.String(64))
    """The hash of its file, which begins with 16 random bytes so that no other attachment shares it."""
    small_digest: Mapped[str | None] = mapped_column(sa.String(64))
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    weight: Mapped[int]
    """In bytes, as it is served."""
    proposal: Mapped[Proposal] = relationship()
