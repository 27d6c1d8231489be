"""A nomination and how it ended."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, never_deleted, words
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.seats.nominations.rules import Ending
from app.taskforces.seats.offers.models import SeatOffer
from app.taskforces.seats.rules import SeatKind, Side


class Nomination(Model):
    """A co-chair names somebody for a seat of their side: by name, so that a clerk finds out whose account that is."""

    __tablename__ = "nomination"
    __table_args__ = (
        sa.CheckConstraint(
            "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
            name="ended_by_somebody",
        ),
        sa.CheckConstraint("(ending IS NOT NULL AND ending = 'offered') = (offer_id IS NOT NULL)", name="by_an_offer"),
        sa.CheckConstraint(
            "(ending IS NOT NULL AND ending = 'refused') = (refusal IS NOT NULL)", name="refused_with_a_reason"
        ),
        sa.CheckConstraint(
            "ending IN ('closed', 'taken_back') OR ended_by_id <> nominated_by_id", name="answered_by_another"
        ),
        sa.CheckConstraint("ending IS NULL OR email IS NULL", name="the_address_goes"),
        sa.Index("ix_nomination_task_force_id", "task_force_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    kind: Mapped[SeatKind] = mapped_column(words(SeatKind, "kind_known"))
    side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str | None] = mapped_column(sa.String(255))
    """For clerks alone, and only while it waits."""
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    """Who stands behind it; None where that is not on the list."""
    reason: Mapped[str] = mapped_column(sa.Text)
    nominated_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    nominated_at: Mapped[datetime]
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    refusal: Mapped[str | None] = mapped_column(sa.Text)
    offer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("seat_offer.id"), unique=True)
    task_force: Mapped[TaskForce] = relationship()
    organization: Mapped[Organization | None] = relationship()
    nominated_by: Mapped[Person] = relationship(foreign_keys=[nominated_by_id])
    offer: Mapped[SeatOffer | None] = relationship()


never_deleted(Nomination)
