"""Forewords of budget reports, and which side has agreed to which."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, words
from app.places.models import Neighborhood
from app.taskforces.seats.rules import Side


class Foreword(Model):
    """What the co-chairs of a neighborhood say before a year's budget report. Other words are another foreword."""

    __tablename__ = "foreword"
    __table_args__ = (
        sa.CheckConstraint("length(trim(text)) > 0", name="says_something"),
        sa.CheckConstraint("year BETWEEN 2000 AND 9999", name="of_a_year"),
        sa.Index("ix_foreword_neighborhood_id_year", "neighborhood_id", "year"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    year: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime]
    neighborhood: Mapped[Neighborhood] = relationship()


class ForewordAgreement(Model):
    """That a side agrees to a foreword, and who said so for it; whoever writes one agrees to it."""

    __tablename__ = "foreword_agreement"
    foreword_id: Mapped[int] = mapped_column(sa.ForeignKey("foreword.id"), primary_key=True, autoincrement=False)
    side: Mapped[Side] = mapped_column(words(Side, "side_known"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    agreed_at: Mapped[datetime]
    person: Mapped[Person] = relationship()


append_only(Foreword)
append_only(ForewordAgreement)
