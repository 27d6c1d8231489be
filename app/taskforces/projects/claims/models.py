"""Who says that a milestone is done, by what evidence, and what the other side found."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.taskforces.projects.claims.rules import EvidenceKind, Finding
from app.taskforces.projects.models import Milestone
from app.taskforces.seats.rules import Side


class MilestoneClaim(Model):
    """One side says that a milestone is done; the other verifies it or sends it back (domain rule 20)."""

    __tablename__ = "milestone_claim"
    __table_args__ = (
        sa.UniqueConstraint("milestone_id", "number"),
        sa.CheckConstraint("answered_side <> side", name="answered_by_the_other_side"),
        sa.CheckConstraint("answered_by_id <> person_id", name="answered_by_another"),
        sa.CheckConstraint(
            "(finding IS NULL) = (answered_at IS NULL) AND (finding IS NULL) = (answered_by_id IS NULL)"
            " AND (finding IS NULL) = (answered_side IS NULL)",
            name="answered_by_somebody",
        ),
        sa.CheckConstraint(
            "finding IS NULL OR finding <> 'returned' OR answer IS NOT NULL", name="returned_with_a_reason"
        ),
        sa.Index(
            "uq_milestone_claim_one_open",
            "milestone_id",
            unique=True,
            sqlite_where=sa.text("finding IS NULL"),
            postgresql_where=sa.text("finding IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey(Milestone.id))
    number: Mapped[int]
    side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    actual_on: Mapped[date]
    evidence: Mapped[str] = mapped_column(sa.Text)
    claimed_at: Mapped[datetime]
    due_on: Mapped[date]
    """By this day the other side looks."""
    finding: Mapped[Finding | None] = mapped_column(words(Finding, "finding_known"))
    answer: Mapped[str | None] = mapped_column(sa.Text)
    answered_side: Mapped[Side | None] = mapped_column(words(Side, "answered_side_known"))
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Person.id))
    answered_at: Mapped[datetime | None]
    milestone: Mapped[Milestone] = relationship()


class ClaimEvidence(Model):
    """A picture or a PDF that shows a milestone done, with the words for people who do not see it."""

    __tablename__ = "claim_evidence"
    __table_args__ = (
        sa.CheckConstraint("length(words) >= 3", name="has_words"),
        sa.CheckConstraint(
            "(kind = 'picture') = (width IS NOT NULL) AND (kind = 'picture') = (height IS NOT NULL)"
            " AND (kind = 'document') = (pages IS NOT NULL)",
            name="measured_by_kind",
        ),
        sa.Index("ix_claim_evidence_claim_id", "claim_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(sa.ForeignKey(MilestoneClaim.id))
    kind: Mapped[EvidenceKind] = mapped_column(words(EvidenceKind, "kind_known"))
    words: Mapped[str] = mapped_column(sa.String(200))
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """The hash of its file, which begins with 16 random bytes so that no other row shares it."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]


never_deleted(MilestoneClaim)
append_only(ClaimEvidence)
