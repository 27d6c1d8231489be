"""Lines of the roll that come from a list or the desk, what clerks found out about them, and changes after freezing."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only, fixed_bytes, words
from app.core.tokens import random_id
from app.voting.roll.rules import ChangeKind


class Listing(Model):
    """Somebody entitled to vote in a cycle by a list or by showing up at the desk. No time.

    A line of an import counts once the import is confirmed.
    """

    __tablename__ = "listing"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "reference"),
        sa.UniqueConstraint("cycle_id", "person_id"),
        sa.Index("ix_listing_cycle_id_name_key", "cycle_id", "name_key"),
        sa.Index("ix_listing_cycle_id_address_key", "cycle_id", "address_key"),
        sa.Index("ix_listing_import_id", "import_id"),
        {"sqlite_with_rowid": False},
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    import_id: Mapped[int | None] = mapped_column(sa.ForeignKey("roll_import.id"))
    """The import it came with; None for a line added by hand."""
    reference: Mapped[str] = mapped_column(sa.String(60))
    """What the list calls this line, unique within a cycle."""
    name: Mapped[str] = mapped_column(sa.String(120))
    address: Mapped[str] = mapped_column(sa.String(300))
    born_on: Mapped[date | None]
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area.id"))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    name_key: Mapped[str] = mapped_column(sa.String(240))
    """The name as it is compared: no case, no accents, words in order."""
    address_key: Mapped[str] = mapped_column(sa.String(600))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """The account a clerk found to be the same person; both have one line of the roll."""


class ToldApart(Model):
    """A listing and an account that look like one person and are two, as a clerk found."""

    __tablename__ = "told_apart"
    __table_args__ = ({"sqlite_with_rowid": False},)
    listing_id: Mapped[bytes] = mapped_column(sa.ForeignKey("listing.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, autoincrement=False)


class RollStrike(Model):
    """A line that a clerk took off the roll before it was frozen, with the reason its owner reads."""

    __tablename__ = "roll_strike"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (listing_id IS NULL)", name="strikes_one_line"),
        sa.UniqueConstraint("cycle_id", "person_id"),
        sa.UniqueConstraint("cycle_id", "listing_id"),
        {"sqlite_with_rowid": False},
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    listing_id: Mapped[bytes | None] = mapped_column(sa.ForeignKey("listing.id"))
    reason: Mapped[str] = mapped_column(sa.Text)


class RollChange(Model):
    """A change of the roll after it was frozen, by two persons, with its public reason. Never edited."""

    __tablename__ = "roll_change"
    __table_args__ = (
        sa.CheckConstraint("requester_id <> approver_id", name="two_persons_change_the_roll"),
    )
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[ChangeKind] = mapped_column(words(ChangeKind, "change_kind_known"))
    roll_entry_id: Mapped[bytes] = mapped_column(sa.ForeignKey("roll_entry.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    requester_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    approver_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    changed_at: Mapped[datetime]


append_only(RollChange)
