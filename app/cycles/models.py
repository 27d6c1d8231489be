"""A cycle, its dated phases, and the rule card that is frozen when the ballot is fixed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, words
from app.cycles.rules import LeftoverRule, PhaseKind, PublicationLevel, Stage
from app.places.models import Neighborhood


class Cycle(Model):
    """A year's process of one neighborhood: one pot, one vote."""

    __tablename__ = "cycle"
    __table_args__ = (
        sa.UniqueConstraint("neighborhood_id", "slug"),
        sa.CheckConstraint("pot_cents > 0", name="pot_holds_money"),
        sa.CheckConstraint("contingency_cents >= 0 AND contingency_cents < pot_cents", name="contingency_within_pot"),
        sa.CheckConstraint("max_ranks BETWEEN 1 AND 20", name="max_ranks_in_reach"),
        sa.CheckConstraint(
            "least_cost_cents >= 0 AND most_cost_cents > 0 AND least_cost_cents <= most_cost_cents",
            name="cost_limits_in_order",
        ),
        sa.CheckConstraint(
            "most_proposals IS NULL OR most_proposals BETWEEN 1 AND 1000", name="most_proposals_in_reach"
        ),
        sa.CheckConstraint("min_age IS NULL OR min_age BETWEEN 1 AND 120", name="min_age_in_reach"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    slug: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(160))
    summary: Mapped[str] = mapped_column(sa.Text)
    year: Mapped[int]
    pot_cents: Mapped[int]
    contingency_cents: Mapped[int]
    stage: Mapped[Stage] = mapped_column(words(Stage, "stage_known"))
    count_rule: Mapped[str] = mapped_column(sa.String(40))
    """The counting rule's word (`shared-budget`, …); until the ballot is fixed it may still be changed."""
    max_ranks: Mapped[int]
    min_age: Mapped[int | None]
    """How old a voter is at least on the first day of voting; None: any age. Every ballot counts alike."""
    hides_supports: Mapped[bool] = mapped_column(default=False)
    """Whether nobody is told how many support a proposal, so that the first ones do not decide for the rest."""
    least_cost_cents: Mapped[int | None]
    """What a proposal costs at least, as its author estimates it; None: no limit, here and in the two below."""
    most_cost_cents: Mapped[int | None]
    most_proposals: Mapped[int | None]
    """How many proposals one person may have in it."""
    leftover_rule: Mapped[LeftoverRule] = mapped_column(words(LeftoverRule, "leftover_rule_known"))
    publication_level: Mapped[PublicationLevel] = mapped_column(words(PublicationLevel, "publication_level_known"))
    neighborhood: Mapped[Neighborhood] = relationship()
    phases: Mapped[list["Phase"]] = relationship(order_by="Phase.starts_at", back_populates="cycle")
    rule_card: Mapped["RuleCard | None"] = relationship(back_populates="cycle")


class Phase(Model):
    """A dated part of a cycle: from `starts_at` until just before `ends_at`."""

    __tablename__ = "phase"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "kind"),
        sa.CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    kind: Mapped[PhaseKind] = mapped_column(words(PhaseKind, "kind_known"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    cycle: Mapped[Cycle] = relationship(back_populates="phases")


class RuleCard(Model):
    """Everything that decides the outcome, as canonical JSON with its SHA-256 in hex; never changed, one per cycle."""

    __tablename__ = "rule_card"
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"), unique=True)
    content: Mapped[str] = mapped_column(sa.Text)
    hash: Mapped[str] = mapped_column(sa.String(64))
    lot_commitment: Mapped[str | None] = mapped_column(sa.String(64))
    """The promise of the lot's seed, in hex; None where an imported vote gives its lot order instead."""
    frozen_at: Mapped[datetime]
    cycle: Mapped[Cycle] = relationship(back_populates="rule_card")


append_only(RuleCard)
