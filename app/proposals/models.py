"""A proposal and the lines of its proposer's estimate."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, words
from app.cycles.models import Cycle
from app.places.models import Area, Category
from app.proposals.rules import Stage


class Proposal(Model):
    """An idea for a safer neighborhood: what, why, where and what it might cost. A draft may lack any of its words."""

    __tablename__ = "proposal"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "number"),
        sa.CheckConstraint("(stage = 'draft') <= (number IS NULL)", name="draft_has_no_number"),
        sa.CheckConstraint(
            "(stage = 'draft') OR (number IS NOT NULL AND submitted_at IS NOT NULL) OR stage = 'withdrawn'",
            name="numbered_once_submitted",
        ),
        sa.CheckConstraint(
            "stage NOT IN ('feasible', 'on_ballot', 'funded', 'not_funded') OR cost_cents IS NOT NULL",
            name="cost_known_once_feasible",
        ),
        sa.CheckConstraint("cost_cents IS NULL OR cost_cents >= 0", name="cost_not_negative"),
        sa.CheckConstraint(
            "NOT watches_people OR stage NOT IN ('feasible', 'on_ballot', 'funded', 'not_funded')"
            " OR impact_note IS NOT NULL",
            name="impact_noted_before_the_ballot",
        ),
        # Everything that a list is narrowed and ordered by, so that the long texts beside it are not read.
        sa.Index(
            "ix_proposal_listed", *"cycle_id stage number category_id area_id submitted_at cost_cents title".split()
        ),
        sa.Index("ix_proposal_of_cycle", "id", "cycle_id", unique=True),  # what a proposal serves is of its own cycle
        sa.CheckConstraint("(stage = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_something"),
        sa.CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
        sa.CheckConstraint(
            "number IS NULL OR (title <> '' AND summary <> '' AND need <> '' AND place <> ''"
            " AND category_id IS NOT NULL AND watches_people IS NOT NULL)",
            name="whole_once_sent",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    number: Mapped[int | None]
    """Its number in the cycle from 1, given when it is submitted; the public code is made from it."""
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    category_id: Mapped[int | None] = mapped_column(sa.ForeignKey("category.id"))
    """None in a draft whose author has not chosen yet."""
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area.id"))
    title: Mapped[str] = mapped_column(sa.String(120))
    summary: Mapped[str] = mapped_column(sa.Text)
    """What should happen, in plain text."""
    need: Mapped[str] = mapped_column(sa.Text)
    """Why it is needed."""
    place: Mapped[str] = mapped_column(sa.String(200))
    gains: Mapped[str] = mapped_column(sa.Text, default="")
    """Who would gain; empty where nobody was asked yet."""
    helpers: Mapped[str] = mapped_column(sa.Text, default="")
    """Who would help deliver it; may stay empty."""
    stage: Mapped[Stage] = mapped_column(words(Stage, "stage_known"))
    watches_people: Mapped[bool | None]
    """The proposer's answer: it adds cameras, sensors, or sharing of data about people (domain rule 33)."""
    impact_note: Mapped[str | None] = mapped_column(sa.Text)
    """What the officers found it means for the people who are watched; needed before the ballot."""
    cost_cents: Mapped[int | None]
    """The officers' cost; set by the review, never by the proposer."""
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    """When its words were last changed: of a draft, when it was last saved."""
    withdrawn_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    """The proposal that has taken it in, with the consent of both authors."""
    cycle: Mapped[Cycle] = relationship()
    author: Mapped[Person] = relationship()
    category: Mapped[Category | None] = relationship()
    area: Mapped[Area | None] = relationship()
    estimate: Mapped[list["EstimateLine"]] = relationship(
        order_by="EstimateLine.position", cascade="all, delete-orphan", back_populates="proposal"
    )


class EstimateLine(Model):
    """One line of what the proposer thinks it costs."""

    __tablename__ = "estimate_line"
    __table_args__ = (
        sa.UniqueConstraint("proposal_id", "position"),
        sa.CheckConstraint("amount_cents >= 0", name="amount_not_negative"),
        sa.Index("ix_estimate_line_sum", "proposal_id", "amount_cents"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(160))
    amount_cents: Mapped[int]
    proposal: Mapped[Proposal] = relationship(back_populates="estimate")
