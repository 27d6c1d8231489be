"""An indicator, its definition card in each version, and what it was in each period with every correction."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, words
from app.places.models import Neighborhood
from app.taskforces.indicators.rules import Direction, Frequency, Measure, Unit


class Indicator(Model):
    """Something a neighborhood watches; what it is called and how it is counted stand on its cards."""

    __tablename__ = "indicator"
    __table_args__ = (sa.UniqueConstraint("neighborhood_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    number: Mapped[int]
    """From 1, in each neighborhood."""
    created_at: Mapped[datetime]
    neighborhood: Mapped[Neighborhood] = relationship()


class IndicatorCard(Model):
    """One version of a definition: a changed definition is a new version, and values stay with theirs."""

    __tablename__ = "indicator_card"
    __table_args__ = (
        sa.CheckConstraint("(version = 1) = (change IS NULL)", name="change_said"),
        sa.CheckConstraint("decimals BETWEEN 0 AND 2", name="few_decimals"),
        sa.CheckConstraint("least_n >= 1", name="least_of_one"),
        sa.CheckConstraint("target_hundredths >= 0", name="target_is_an_amount"),
        sa.CheckConstraint("measure IS NOT NULL OR service_codes IS NULL", name="codes_of_a_file"),
        sa.CheckConstraint(
            "measure IS NULL OR (measure IN ('opened', 'closed') AND unit = 'count')"
            " OR (measure = 'median_days' AND unit = 'days') OR (measure = 'in_time' AND unit = 'percent')",
            name="unit_of_measure",
        ),
    )
    indicator_id: Mapped[int] = mapped_column(sa.ForeignKey("indicator.id"), primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(sa.String(120))
    why: Mapped[str] = mapped_column(sa.Text)
    formula: Mapped[str] = mapped_column(sa.Text)
    weakness: Mapped[str] = mapped_column(sa.Text)
    """What is known to be weak about it; empty where nothing is said."""
    unit: Mapped[Unit] = mapped_column(words(Unit, "unit_known"))
    decimals: Mapped[int]
    direction: Mapped[Direction] = mapped_column(words(Direction, "direction_known"))
    source: Mapped[str] = mapped_column(sa.String(160))
    frequency: Mapped[Frequency] = mapped_column(words(Frequency, "frequency_known"))
    target_hundredths: Mapped[int | None]
    owner: Mapped[str] = mapped_column(sa.String(120))
    least_n: Mapped[int]
    """Values of fewer cases are kept back."""
    measure: Mapped[Measure | None] = mapped_column(words(Measure, "measure_known"))
    """What is worked out of files of residents' reports; None where somebody enters it."""
    service_codes: Mapped[str | None] = mapped_column(sa.String(300))
    """The kinds of reports it counts, with a comma between them; None for all kinds."""
    agreed_at: Mapped[str] = mapped_column(sa.String(160))
    agreed_on: Mapped[date]
    change: Mapped[str | None] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    indicator: Mapped[Indicator] = relationship()
    by: Mapped[Person] = relationship()


class Reading(Model):
    """What an indicator was in a period; a correction is a further one with a higher number, and says why."""

    __tablename__ = "reading"
    __table_args__ = (
        sa.ForeignKeyConstraint(["indicator_id", "version"], ["indicator_card.indicator_id", "indicator_card.version"]),
        sa.UniqueConstraint("indicator_id", "first_on", "last_on", "number"),
        sa.CheckConstraint("first_on <= last_on", name="period_has_days"),
        sa.CheckConstraint("number = 1 OR (note IS NOT NULL AND length(note) > 0)", name="correction_says_why"),
        sa.CheckConstraint("number >= 1 AND n >= 0 AND hundredths >= 0", name="amounts"),
        sa.CheckConstraint("hundredths IS NOT NULL OR n = 0", name="value_unless_nothing_to_count"),
        sa.CheckConstraint(
            "(numerator IS NULL) = (denominator IS NULL) AND numerator >= 0 AND denominator >= 0", name="both_parts"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int]
    version: Mapped[int]
    first_on: Mapped[date]
    last_on: Mapped[date]
    number: Mapped[int]
    """From 1, for each period anew; the highest one stands."""
    hundredths: Mapped[int | None]
    n: Mapped[int]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    is_provisional: Mapped[bool]
    file_hash: Mapped[str | None] = mapped_column(sa.String(64))
    """SHA-256 of the file it was taken from; the file itself is not kept."""
    note: Mapped[str | None] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    entered_at: Mapped[datetime]
    by: Mapped[Person] = relationship()


for kept in (Indicator, IndicatorCard, Reading):
    append_only(kept)
