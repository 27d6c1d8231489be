"""An offer of a seat and how it ended."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, never_deleted, words
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.seats.models import YOUNG, Seat
from app.taskforces.seats.offers.rules import Ending
from app.taskforces.seats.rules import SeatKind, Side

OPEN = sa.text("ending IS NULL")
OPEN_FOR_ONE = sa.text("ending IS NULL AND kind IN ('co_chair', 'deputy')")


class SeatOffer(Model):
    """A clerk offers a seat to whoever was nominated; they accept or decline, here or on a signed paper."""

    __tablename__ = "seat_offer"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
        sa.CheckConstraint(YOUNG, name="the_young_by_first_name_with_consent"),
        sa.CheckConstraint(
            "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
            name="ended_by_somebody",
        ),
        sa.CheckConstraint(
            "(ending IS NOT NULL AND ending = 'accepted') = (seat_id IS NOT NULL)", name="accepted_with_a_seat"
        ),
        sa.CheckConstraint(
            "ending <> 'accepted' OR on_paper OR ended_by_id = person_id", name="accepted_by_themselves_or_on_paper"
        ),
        sa.CheckConstraint("NOT on_paper OR ended_by_id <> person_id", name="paper_attested_by_another"),
        sa.Index("ix_seat_offer_task_force_id", "task_force_id"),
        sa.Index("ix_seat_offer_person_id", "person_id"),
        sa.Index(
            "uq_seat_offer_one_a_person",
            "task_force_id",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        sa.Index(
            "uq_seat_offer_one_a_side",
            "task_force_id",
            "side",
            "kind",
            unique=True,
            sqlite_where=OPEN_FOR_ONE,
            postgresql_where=OPEN_FOR_ONE,
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    kind: Mapped[SeatKind] = mapped_column(words(SeatKind, "kind_known"))
    side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organization.id"))
    shown_as: Mapped[str | None] = mapped_column(sa.String(60))
    consent_on: Mapped[date | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    offered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    offered_at: Mapped[datetime]
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    on_paper: Mapped[bool]
    seat_id: Mapped[int | None] = mapped_column(sa.ForeignKey("seat.id"), unique=True)
    task_force: Mapped[TaskForce] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    organization: Mapped[Organization] = relationship()
    seat: Mapped[Seat | None] = relationship()


never_deleted(SeatOffer)
