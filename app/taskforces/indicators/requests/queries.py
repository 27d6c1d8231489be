"""Which indicators a file of reports is taken for, and which files were taken so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.taskforces.indicators import queries
from app.taskforces.indicators.queries import CardRow
from app.taskforces.indicators.requests.models import RequestsFile
from app.taskforces.indicators.rules import Frequency, Measure, Measured, Period, frequency_of


@dataclass(frozen=True, kw_only=True)
class Taker:
    """An indicator that takes a figure of a period from files: by which card, and what stands so far, unseen."""

    card: CardRow
    measure: Measure
    standing: Measured | None


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """A file that figures were taken from."""

    period: Period
    file_hash: str
    rows: int
    by: str
    taken_at: datetime


def takers(neighborhood_id: int, period: Period) -> Sequence[Taker]:
    """The indicators of a neighborhood that take a figure of this period from files, by their numbers.

    A value that stands is corrected by the definition that it has.
    """
    rows = queries.indicators(neighborhood_id)
    standing = queries.standing_in([row.id for row in rows], period)
    found = []
    for row in rows:
        card = next((each.card for each in row.standing if each.period == period), row.card)
        if card.measure is not None and card.frequency is frequency_of(period):
            known = standing.get(row.id)
            found.append(Taker(card=card, measure=card.measure, standing=known[2] if known else None))
    return found


def lengths(neighborhood_id: int) -> list[Frequency]:
    """How long the periods are that files are taken for here."""
    cards = [row.card for row in queries.indicators(neighborhood_id) if row.card.measure is not None]
    return [each for each in Frequency if any(card.frequency is each for card in cards)]


def files(neighborhood_id: int) -> list[FileRow]:
    """The files that figures were taken from, newest first."""
    query = sa.select(RequestsFile, Person.public_name).join(Person, Person.id == RequestsFile.by_id)
    query = query.where(RequestsFile.neighborhood_id == neighborhood_id).order_by(RequestsFile.id.desc())
    return [
        FileRow(
            period=Period(first_on=row.first_on, last_on=row.last_on),
            file_hash=row.file_hash,
            rows=row.rows,
            by=by,
            taken_at=row.taken_at,
        )
        for row, by in db.session.execute(query.limit(50))
    ]
