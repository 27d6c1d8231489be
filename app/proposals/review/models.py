"""Reviews and costings: what officers found, never edited; a new finding is a new row. What is not public yet stands in
a table of its own, so that no page of the public can come upon it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.proposals.models import Proposal
from app.proposals.review.rules import Decision, Ending, Money, Reason, Reply


class Review(Model):
    """One officer's decision on a proposal with its typed reason and a sentence for residents."""

    __tablename__ = "review"
    __table_args__ = (sa.Index("ix_review_proposal_id", "proposal_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    decision: Mapped[Decision] = mapped_column(words(Decision, "decision_known"))
    reason: Mapped[Reason] = mapped_column(words(Reason, "reason_known"))
    explanation: Mapped[str] = mapped_column(sa.Text)
    interest: Mapped[str | None] = mapped_column(sa.Text)
    """What the officer has to do with it beyond the office, in their words: empty for nothing, NULL where not asked."""
    decided_at: Mapped[datetime]
    """When it became public."""
    answer_until: Mapped[datetime | None]
    """Until when its author is asked to answer a wish for changes; None for decisions, and where nobody set a time."""
    proposal: Mapped[Proposal] = relationship()
    officer: Mapped[Person] = relationship()
    costing: Mapped["Costing | None"] = relationship(back_populates="review")
    answers: Mapped[list["ChecklistAnswer"]] = relationship(order_by="ChecklistAnswer.position")
    prepared: Mapped["PreparedFinding | None"] = relationship(back_populates="review")


class Costing(Model):
    """The price an officer put on a proposal, with its note; the newest one counts."""

    __tablename__ = "costing"
    __table_args__ = (
        sa.CheckConstraint("cost_cents >= 0", name="cost_not_negative"),
        sa.CheckConstraint("running_cost_cents >= 0", name="running_cost_not_negative"),
        sa.Index("ix_costing_proposal_id", "proposal_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"), unique=True)
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    cost_cents: Mapped[int]
    running_cost_cents: Mapped[int]
    """What it costs each year after the first."""
    running_payer: Mapped[str | None] = mapped_column(sa.String(160))
    """Who pays that; None where it costs nothing, or nobody was asked yet."""
    note: Mapped[str] = mapped_column(sa.Text)
    costed_at: Mapped[datetime]
    proposal: Mapped[Proposal] = relationship()
    officer: Mapped[Person] = relationship()
    review: Mapped[Review] = relationship(back_populates="costing")
    lines: Mapped[list["CostingLine"]] = relationship(order_by="CostingLine.position", back_populates="costing")


class CostingLine(Model):
    """One line of an officer's costing."""

    __tablename__ = "costing_line"
    __table_args__ = (
        sa.UniqueConstraint("costing_id", "position"),
        sa.CheckConstraint("amount_cents >= 0", name="amount_not_negative"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    costing_id: Mapped[int] = mapped_column(sa.ForeignKey("costing.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(160))
    amount_cents: Mapped[int]
    source: Mapped[str | None] = mapped_column(sa.String(200))
    """Where the amount comes from; None in prices from before it was asked."""
    money: Mapped[Money] = mapped_column(words(Money, "money_known"), default=Money.CAPITAL)
    payer: Mapped[str | None] = mapped_column(sa.String(160))
    """Who pays this line instead of the pot; None: the pot does."""
    costing: Mapped[Costing] = relationship(back_populates="lines")


class ChecklistAnswer(Model):
    """An answer to a question of the checklist, as it became public with a finding; the question as it was asked."""

    __tablename__ = "checklist_answer"
    __table_args__ = (
        sa.UniqueConstraint("review_id", "position"),
        sa.CheckConstraint("length(sentence) > 0", name="has_a_sentence"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"))
    position: Mapped[int]
    question: Mapped[str] = mapped_column(sa.String(200))
    reply: Mapped[Reply] = mapped_column(words(Reply, "reply_known"))
    sentence: Mapped[str] = mapped_column(sa.Text)


class ReviewSettings(Model):
    """How the proposals of one cycle are reviewed; a cycle without a row asks for no second officer."""

    __tablename__ = "review_settings"
    __table_args__ = (sa.CheckConstraint("second_above_cents >= 0", name="threshold_not_negative"),)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    second_above_cents: Mapped[int | None]
    """Above this amount another officer must agree before a finding stands; None: never."""
    together: Mapped[bool] = mapped_column(default=False)
    """Whether decisions are prepared first and published several at once."""


class PreparedFinding(Model):
    """A finding that is not public yet: it waits for another officer, or to be published with others."""

    __tablename__ = "prepared_finding"
    __table_args__ = (
        sa.CheckConstraint("agreed_by_id IS NULL OR agreed_by_id <> officer_id", name="another_officer_agrees"),
        sa.CheckConstraint("(agreed_by_id IS NULL) = (agreed_at IS NULL)", name="agreed_whole"),
        sa.CheckConstraint(
            "review_id IS NULL OR NOT needs_second OR agreed_by_id IS NOT NULL", name="public_only_when_agreed"
        ),
        sa.CheckConstraint(
            "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)", name="ended_whole"
        ),
        sa.CheckConstraint(
            "(review_id IS NOT NULL) = (ending IS NOT NULL AND ending = 'published')", name="published_as_a_review"
        ),
        sa.CheckConstraint(
            "ending IS NULL OR ending <> 'sent_back' OR ended_by_id <> officer_id", name="sent_back_by_another"
        ),
        sa.Index(
            "ix_prepared_finding_one_waits",
            "proposal_id",
            unique=True,
            sqlite_where=sa.text("ending IS NULL"),
            postgresql_where=sa.text("ending IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    decision: Mapped[Decision] = mapped_column(words(Decision, "decision_known"))
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """Everything the officer wrote, as it will be written down when it becomes public."""
    at_stake_cents: Mapped[int]
    needs_second: Mapped[bool]
    """Whether it was above the threshold when it was prepared."""
    prepared_at: Mapped[datetime]
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    agreed_at: Mapped[datetime | None]
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None] = mapped_column(sa.Text)
    """Why it was sent back, for officers only."""
    review_id: Mapped[int | None] = mapped_column(sa.ForeignKey("review.id"), unique=True)
    proposal: Mapped[Proposal] = relationship()
    officer: Mapped[Person] = relationship(foreign_keys=[officer_id])
    agreed_by: Mapped[Person | None] = relationship(foreign_keys=[agreed_by_id])
    review: Mapped[Review | None] = relationship(back_populates="prepared")


append_only(Review)
append_only(Costing)
append_only(CostingLine)
append_only(ChecklistAnswer)
never_deleted(PreparedFinding)
