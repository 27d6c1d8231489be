"""Paper forms that were typed in, and where a cycle's forms are handed in."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model
from app.cycles.models import Cycle
from app.proposals.models import Proposal


class PaperForm(Model):
    """The paper behind a proposal: who handed it in, when, in which language, and who of the office typed it in."""

    __tablename__ = "paper_form"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "key"),
        sa.ForeignKeyConstraint(["proposal_id", "cycle_id"], ["proposal.id", "proposal.cycle_id"]),
        sa.CheckConstraint("length(key) > 0", name="has_a_number"),
        sa.CheckConstraint("holder_id <> typed_by_id", name="nobody_types_in_their_own"),
        sa.Index("ix_paper_form_holder_id", "holder_id"),
    )
    proposal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cycle_id: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(20))
    """What is written on the form, as it was typed."""
    key: Mapped[str] = mapped_column(sa.String(20))
    """The same without what may be written in several ways: one form is typed in once."""
    holder_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    """Who handed it in; without an account they are a person who cannot sign in."""
    typed_by_id: Mapped[int] = mapped_column(sa.ForeignKey(Person.id))
    received_on: Mapped[date]
    language: Mapped[str] = mapped_column(sa.String(12))
    was_helped: Mapped[bool]
    """Whether somebody helped them to write it; for the office's figures, never public."""
    typed_at: Mapped[datetime]
    taken_back_on: Mapped[date | None]
    """The day on the signed paper with which they took the proposal back."""
    proposal: Mapped[Proposal] = relationship()
    holder: Mapped[Person] = relationship(foreign_keys=[holder_id])
    typed_by: Mapped[Person] = relationship(foreign_keys=[typed_by_id])


class FormDesk(Model):
    """Where paper forms of a cycle are handed in: an address, with the hours it is open."""

    __tablename__ = "form_desk"
    __table_args__ = (sa.CheckConstraint("length(trim(place)) > 0", name="says_where"),)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey(Cycle.id), primary_key=True, autoincrement=False)
    place: Mapped[str] = mapped_column(sa.String(300))
