"""Reading indicators as everybody may: what is kept back has no number here, so no page or file can tell it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Rows
from app.places.models import Neighborhood
from app.taskforces.indicators.models import Indicator, IndicatorCard, Reading
from app.taskforces.indicators.rules import (
    Compared,
    Direction,
    Frequency,
    Measure,
    Measured,
    Movement,
    Period,
    Silence,
    Unit,
    before,
    meets,
    movement,
    why_silent,
    year_before,
)


@dataclass(frozen=True, kw_only=True)
class CardRow:
    """One version of a definition."""

    indicator_id: int
    version: int
    title: str
    why: str
    formula: str
    weakness: str
    unit: Unit
    decimals: int
    direction: Direction
    source: str
    frequency: Frequency
    target_hundredths: int | None
    owner: str
    least_n: int
    measure: Measure | None
    service_codes: str | None
    agreed_at: str
    agreed_on: date
    change: str | None
    made_at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """What an indicator was in a period, by the version it was measured by; numbers only where they may be told."""

    card: CardRow
    period: Period
    number: int
    hundredths: int | None
    n: int | None
    numerator: int | None
    denominator: int | None
    silence: Silence | None
    is_provisional: bool
    stands: bool
    """Whether no later correction of the same period takes its place."""
    file_hash: str | None
    note: str | None
    by: str
    entered_at: datetime

    @property
    def compared(self) -> Compared:
        """What it is compared by."""
        return Compared(version=self.card.version, hundredths=self.hundredths)


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """An indicator of a neighborhood: its newest card, and its values, newest first, corrections first."""

    id: int
    number: int
    neighborhood_id: int
    neighborhood: str
    slug: str
    time_zone: str
    card: CardRow
    readings: Sequence[ReadingRow]

    @property
    def standing(self) -> list[ReadingRow]:
        """What stands for each period, newest first."""
        return [each for each in self.readings if each.stands]

    @property
    def last(self) -> ReadingRow | None:
        """The value of the newest period."""
        return next(iter(self.standing), None)

    def card_of(self, first_on: str | None) -> CardRow:
        """The definition for the period that begins on a day: that of the value that stands for it, or the newest."""
        mine = (each.card for each in self.standing if each.period.first_on.isoformat() == first_on)
        return next((card for card in mine if card.frequency is self.card.frequency), self.card)

    @property
    def moved(self) -> Movement:
        """How the last value stands to the one of the period before."""
        return self._against(before)

    @property
    def moved_in_a_year(self) -> Movement:
        """How the last value stands to that of the same months a year before."""
        return self._against(year_before)

    @property
    def meets_target(self) -> bool | None:
        """Whether the last value is where it should be; None where that cannot be said."""
        last = self.last
        if last is None or last.hundredths is None or last.card.target_hundredths is None:
            return None
        return meets(last.hundredths, last.card.target_hundredths, last.card.direction)

    def _against(self, earlier: Callable[[Frequency, Period], Period]) -> Movement:
        last = self.last
        if last is None:
            return Movement.FIRST
        wanted = earlier(last.card.frequency, last.period)
        then = next((each.compared for each in self.standing if each.period == wanted), None)
        return movement(last.compared, then, last.card.direction)


def indicators(*neighborhood_ids: int) -> list[IndicatorRow]:
    """The indicators of these neighborhoods (without any: of all), by neighborhood and number, in three statements."""
    query = _indicators()
    if neighborhood_ids:
        query = query.where(Indicator.neighborhood_id.in_(neighborhood_ids))
    return _rows(query)


def indicator(indicator_id: int) -> IndicatorRow:
    """One indicator with everything that was entered; NotFound where there is none."""
    found = _rows(_indicators().where(Indicator.id == indicator_id))
    if not found:
        raise NotFound
    return found[0]


def cards(indicator_id: int) -> list[CardRow]:
    """Every version of a definition, newest first."""
    return sorted(_cards([indicator_id]).values(), key=lambda card: -card.version)


def standing_in(indicator_ids: Collection[int], period: Period) -> dict[int, tuple[int, int, Measured]]:
    """What stands for a period, as it was entered: the version and the number of each, for whoever enters the next.

    Never for a page: small numbers are among them.
    """
    query = sa.select(Reading).where(
        Reading.indicator_id.in_(indicator_ids), Reading.first_on == period.first_on, Reading.last_on == period.last_on
    )
    return {
        row.indicator_id: (row.version, row.number, measured(row))
        for row in db.session.scalars(query.order_by(Reading.number))
    }


def measured(row: Reading) -> Measured:
    """The numbers of a row."""
    return Measured(
        hundredths=row.hundredths,
        n=row.n,
        numerator=row.numerator,
        denominator=row.denominator,
        is_provisional=row.is_provisional,
    )


def _indicators() -> Rows:
    query = sa.select(Indicator, Neighborhood).join(Neighborhood, Neighborhood.id == Indicator.neighborhood_id)
    return query.order_by(Neighborhood.name, Neighborhood.id, Indicator.number)


def _rows(query: Rows) -> list[IndicatorRow]:
    found = db.session.execute(query).all()
    ids = [row.id for row, _place in found]
    known = _cards(ids)
    newest = {key: card for (key, _version), card in sorted(known.items(), key=lambda pair: pair[0])}
    told = _readings(ids, known)
    return [
        IndicatorRow(
            id=row.id,
            number=row.number,
            neighborhood_id=place.id,
            neighborhood=place.name,
            slug=place.slug,
            time_zone=place.time_zone,
            card=newest[row.id],
            readings=told.get(row.id, []),
        )
        for row, place in found
    ]


def _cards(indicator_ids: Collection[int]) -> dict[tuple[int, int], CardRow]:
    query = sa.select(IndicatorCard, Person.public_name).join(Person, Person.id == IndicatorCard.by_id)
    names = [name for name in CardRow.__dataclass_fields__ if name != "by"]
    return {
        (row.indicator_id, row.version): CardRow(by=by, **{name: getattr(row, name) for name in names})
        for row, by in db.session.execute(query.where(IndicatorCard.indicator_id.in_(indicator_ids)))
    }


def _readings(indicator_ids: Collection[int], cards_: Mapping[tuple[int, int], CardRow]) -> dict[int, list[ReadingRow]]:
    query = sa.select(Reading, Person.public_name).join(Person, Person.id == Reading.by_id)
    query = query.where(Reading.indicator_id.in_(indicator_ids))
    order = (Reading.indicator_id, Reading.last_on.desc(), Reading.first_on.desc(), Reading.number.desc())
    found: dict[int, list[ReadingRow]] = {}
    seen: set[tuple[int, date, date]] = set()
    for row, by in db.session.execute(query.order_by(*order)):
        key = (row.indicator_id, row.first_on, row.last_on)
        card = cards_[row.indicator_id, row.version]
        found.setdefault(row.indicator_id, []).append(_told(row, card, by, stands=key not in seen))
        seen.add(key)
    return found


def _told(row: Reading, card: CardRow, by: str, *, stands: bool) -> ReadingRow:
    """A value as everybody may read it: of too few cases it has no number at all."""
    silence = why_silent(row.hundredths, row.n, card.least_n)
    is_few = silence is Silence.FEW
    return ReadingRow(
        card=card,
        period=Period(first_on=row.first_on, last_on=row.last_on),
        number=row.number,
        hundredths=None if is_few else row.hundredths,
        n=None if is_few else row.n,
        numerator=None if is_few else row.numerator,
        denominator=None if is_few else row.denominator,
        silence=silence,
        is_provisional=row.is_provisional,
        stands=stands,
        file_hash=row.file_hash,
        note=row.note,
        by=by,
        entered_at=row.entered_at,
    )
