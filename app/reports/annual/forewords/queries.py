"""Reading a year's foreword: the one that both sides agree to, and the newest, which may wait for a side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.reports.annual.forewords.models import Foreword, ForewordAgreement
from app.reports.annual.forewords.rules import stands
from app.taskforces import queries as bodies
from app.taskforces.seats import queries as seats
from app.taskforces.seats.rules import Side


@dataclass(frozen=True, kw_only=True)
class ForewordRow:
    """A foreword, and by side the name of whoever agreed to it."""

    id: int
    text: str
    written_at: datetime
    agreed: Mapping[Side, str]

    @property
    def stands(self) -> bool:
        """Whether the report prints it."""
        return stands(self.agreed)


@dataclass(frozen=True, kw_only=True)
class Forewords:
    """The newest foreword of a year, and the newest that both sides agree to."""

    newest: ForewordRow | None
    standing: ForewordRow | None


def of_year(neighborhood_id: int, year: int) -> Forewords:
    """The forewords of a neighborhood for a year, in one statement."""
    query = (
        sa.select(Foreword.id, Foreword.text, Foreword.written_at, ForewordAgreement.side, Person.public_name)
        .join(ForewordAgreement, ForewordAgreement.foreword_id == Foreword.id)
        .join(Person, Person.id == ForewordAgreement.person_id)
        .where(Foreword.neighborhood_id == neighborhood_id, Foreword.year == year)
        .order_by(Foreword.id, ForewordAgreement.side)
    )
    rows: dict[int, ForewordRow] = {}
    for id_, text, written_at, side, name in db.session.execute(query):
        before = rows[id_].agreed if id_ in rows else {}
        rows[id_] = ForewordRow(id=id_, text=text, written_at=written_at, agreed={**before, side: name})
    newest_first = list(reversed(rows.values()))
    return Forewords(
        newest=next(iter(newest_first), None), standing=next((row for row in newest_first if row.stands), None)
    )


def chairs(neighborhood_id: int, on: date) -> dict[int, Side]:
    """Who co-chairs a task force of a neighborhood on a day, by their ids, and on which side."""
    at_work = [body.id for body in bodies.task_forces(neighborhood_id)]
    return {seat.person_id: seat.side for seat in reversed(seats.co_chairs(at_work, on))}
