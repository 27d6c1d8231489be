"""A seat and its holder; a vacant seat has none."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, words
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.seats.rules import SeatKind, Side

YOUNG = "kind <> 'youth' OR (shown_as IS NOT NULL AND replace(shown_as, ' ', '') = shown_as AND consent_on IS NOT NULL)"
"""A youth seat shows a first name, with consent on record (domain rule 32)."""


class Seat(Model):
    """A place in a task force held from a day until a day; without a person it is vacant."""

    __tablename__ = "seat"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
        sa.CheckConstraint(YOUNG, name="the_young_by_first_name_with_consent"),
        sa.Index("ix_seat_task_force_id", "task_force_id"),
        sa.Index("ix_seat_person_id", "person_id"),
        *(
            sa.Index(
                f"uq_seat_one_{kind}_a_side",
                "task_force_id",
                "side",
                unique=True,
                sqlite_where=sa.text(f"kind = '{kind}' AND ends_on IS NULL"),
                postgresql_where=sa.text(f"kind = '{kind}' AND ends_on IS NULL"),
            )
            for kind in ("co_chair", "deputy")
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    kind: Mapped[SeatKind] = mapped_column(words(SeatKind, "kind_known"))
    side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organization.id"))
    nominated_by: Mapped[str] = mapped_column(sa.String(160))
    """The nominating organization by the name it had then."""
    shown_as: Mapped[str | None] = mapped_column(sa.String(60))
    """What the public reads in place of their public name: the first name of somebody young."""
    consent_on: Mapped[date | None]
    """The day on the consent that a guardian has signed."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    accepted_at: Mapped[datetime | None]
    """When they said yes; None for terms from before seats were offered."""
    task_force: Mapped[TaskForce] = relationship()
    person: Mapped[Person | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
