"""Reading the calendar of a neighborhood: its holidays, and the day on which a time limit ends."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.places.workdays import rules
from app.places.workdays.models import Holiday


@dataclass(frozen=True, kw_only=True)
class HolidayRow:
    """A holiday and what it is called."""

    on: date
    name: str


def holidays(neighborhood_id: int) -> list[HolidayRow]:
    """The holidays of a neighborhood in their order."""
    columns = Holiday.__table__.c
    query = sa.select(columns.holiday_on, columns.name).where(columns.neighborhood_id == neighborhood_id)
    return [HolidayRow(on=on, name=name) for on, name in db.session.execute(query.order_by(columns.holiday_on))]


def days_off(neighborhood_id: int) -> frozenset[date]:
    """The holidays of a neighborhood, for counting with `rules`."""
    return frozenset(row.on for row in holidays(neighborhood_id))


def working_day_after(neighborhood_id: int, day: date, number: int) -> date:
    """The `number`-th working day of a neighborhood after `day`."""
    return rules.working_day_after(day, number, days_off(neighborhood_id))
