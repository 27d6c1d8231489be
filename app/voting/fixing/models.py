"""What stands beside an option for good, and what a council confirmed before the ballot was fixed."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only


class BallotLine(Model):
    """What the ballot says of an option beside title, words and price: frozen with it when the ballot is fixed."""

    __tablename__ = "ballot_line"
    __table_args__ = (
        sa.ForeignKeyConstraint(["vote_id", "number"], ["option.vote_id", "option.number"]),
        sa.CheckConstraint("running_cost_cents >= 0", name="running_cost_not_negative"),
        sa.CheckConstraint("(task_force_slug IS NULL) = (task_force IS NULL)", name="task_force_whole"),
    )
    vote_id: Mapped[bytes] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str | None] = mapped_column(sa.String(20))
    """The language of title and short text; None where no short text was asked for."""
    text_hash: Mapped[str | None] = mapped_column(sa.String(64))
    """SHA-256 in hex of the short text, as on the rule card."""
    wordings: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """Title and text in the other languages of the neighborhood: `{"es": {"title": …, "text": …}}`."""
    running_cost_cents: Mapped[int | None]
    """What it costs in each year after; None where officers said nothing."""
    task_force_slug: Mapped[str | None] = mapped_column(sa.String(60))
    task_force: Mapped[str | None] = mapped_column(sa.String(120))
    """The task force that takes it on if it is funded; named before anybody voted."""


class CouncilConfirmation(Model):
    """A council's decision that a list of options may be voted on; the newest one counts, and only for that list."""

    __tablename__ = "council_confirmation"
    __table_args__ = (
        sa.CheckConstraint("address LIKE 'https://%' OR address LIKE 'http://%'", name="address_of_the_web"),
        sa.Index("ix_council_confirmation_cycle_id", "cycle_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    list_hash: Mapped[str] = mapped_column(sa.String(64))
    """Which options at which prices: `rules.list_hash`."""
    confirmed_by: Mapped[str] = mapped_column(sa.String(160))
    decided_on: Mapped[date]
    reference: Mapped[str] = mapped_column(sa.String(160))
    address: Mapped[str | None] = mapped_column(sa.String(300))
    """Where the decision can be read on the council's own pages; None where none was given."""
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Person] = relationship()


append_only(BallotLine)
append_only(CouncilConfirmation)
