"""Accredited checkers of a vote, and every file with whole rankings that somebody was given; both public by name."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only
from app.cycles.models import Cycle


class Checker(Model):
    """Somebody two members of the board have accredited to count a vote again, from a day until a day."""

    __tablename__ = "checker"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="ends_after_it_starts"),
        sa.CheckConstraint("person_id <> accredited_by_id", name="accredited_by_another"),
        sa.CheckConstraint("person_id <> agreed_by_id", name="agreed_by_another"),
        sa.CheckConstraint("accredited_by_id <> agreed_by_id", name="two_persons_accredit"),
        sa.CheckConstraint("agreed_by_id IS NOT NULL OR withdrawn_at IS NOT NULL", name="one_person_is_not_enough"),
        sa.Index("ix_checker_cycle_id_person_id", "cycle_id", "person_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    accredited_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    """Who asked the board for it."""
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """None for accreditations by one clerk from before it took two; they are over."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    withdrawn_at: Mapped[datetime | None]
    cycle: Mapped[Cycle] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class FullCopy(Model):
    """A file with whole rankings or all sums, given to a person under their name; never changed or taken back."""

    __tablename__ = "full_copy"
    __table_args__ = (sa.Index("ix_full_copy_cycle_id", "cycle_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    count: Mapped[int]
    """The number of the count it belongs to."""
    name: Mapped[str] = mapped_column(sa.String(60))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    """For the board and the log, never for a public page: the hash of a file without salt confirms guesses."""
    taken_at: Mapped[datetime]
    person: Mapped[Person] = relationship()


append_only(FullCopy)
