"""Reading absences: who is away today, and from when until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.seats.absences.models import Absence
from app.taskforces.seats.absences.rules import Days


@dataclass(frozen=True, kw_only=True)
class AbsenceRow:
    """An absence of the holder of a seat."""

    id: int
    seat_id: int
    days: Days


def absences(seat_ids: Collection[int], on: date) -> list[AbsenceRow]:
    """The absences of these seats that are running or to come on a day, by their first day."""
    rows = _rows(Absence.seat_id.in_(seat_ids), Absence.ends_on >= on) if seat_ids else []
    return [row for row in rows if not row.days.is_over(on)]


def away(seat_ids: Collection[int], on: date) -> frozenset[int]:
    """Which of these seats have a holder who is away on a day, also one in the past."""
    rows = _rows(Absence.seat_id.in_(seat_ids), Absence.starts_on <= on, Absence.ends_on >= on) if seat_ids else []
    return frozenset(row.seat_id for row in rows if row.days.covers(on))


def absence(absence_id: int) -> AbsenceRow:
    """One absence; NotFound where there is none."""
    found = _rows(Absence.id == absence_id)
    if not found:
        raise NotFound
    return found[0]


def _rows(*conditions: sa.ColumnElement[bool]) -> list[AbsenceRow]:
    query = sa.select(Absence.id, Absence.seat_id, Absence.starts_on, Absence.ends_on, Absence.back_on)
    found = db.session.execute(query.where(*conditions).order_by(Absence.starts_on, Absence.id))
    return [
        AbsenceRow(id=id_, seat_id=seat, days=Days(starts_on=first, ends_on=last, back_on=back))
        for id_, seat, first, last, back in found
    ]
