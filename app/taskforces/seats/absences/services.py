"""Two verbs: say that one will be away, and that one is back."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.taskforces.models import TaskForce
from app.taskforces.seats.absences import policies, words
from app.taskforces.seats.absences.events import AbsenceEnded, AbsenceTold
from app.taskforces.seats.absences.models import Absence
from app.taskforces.seats.absences.rules import Days, why_not_away
from app.taskforces.seats.models import Seat
from app.taskforces.seats.services import body_of


@dataclass(frozen=True, kw_only=True)
class TellAbsence:
    """The first and the last day away."""

    starts_on: date
    ends_on: date


def tell(seat_id: int, command: TellAbsence, *, by: Actor) -> Absence:
    """Be away from a day to a day: a deputy signs meanwhile, where there is one."""
    with transaction():
        seat, body = _held(seat_id, by)
        on = today(body.neighborhood.time_zone)
        told = [_days(row) for row in db.session.scalars(sa.select(Absence).where(Absence.seat_id == seat.id))]
        wanted = Days(starts_on=command.starts_on, ends_on=command.ends_on)
        reason = why_not_away(wanted, on=on, until=seat.ends_on, told=told)
        if reason is not None:
            field = words.FIELDS.get(reason, "starts_on")
            ensure(False, reason.value, str(words.WHY_NOT[reason]), field=field)
        row = Absence(
            seat_id=seat.id, starts_on=wanted.starts_on, ends_on=wanted.ends_on, told_by_id=by.id, told_at=now()
        )
        db.session.add(row)
        db.session.flush()
        event = AbsenceTold(
            actor_id=by.id, absence_id=row.id, seat_id=seat.id, starts_on=row.starts_on, ends_on=row.ends_on
        )
        publish(event)
    return row


def end(absence_id: int, *, by: Actor) -> None:
    """Be back from today on; an absence that has not begun does not take place."""
    with transaction():
        found = db.session.get(Absence, absence_id)
        if found is None:
            raise NotFound
        seat, body = _held(found.seat_id, by)
        row = locked(Absence, absence_id)
        assert row is not None
        on = today(body.neighborhood.time_zone)
        ensure(not _days(row).is_over(on), "is_over", _("This absence is over already."))
        row.back_on = max(on, row.starts_on)
        publish(AbsenceEnded(actor_id=by.id, absence_id=row.id, seat_id=seat.id, back_on=row.back_on))


def _held(seat_id: int, by: Actor) -> tuple[Seat, TaskForce]:
    found = db.session.get(Seat, seat_id)
    if found is None:
        raise NotFound
    body = body_of(found.task_force_id)
    seat = locked(Seat, seat_id)
    assert seat is not None
    allowed = policies.may_tell(by, person_id=seat.person_id, neighborhood_id=body.neighborhood_id)
    ensure_standing(allowed, _("Only whoever holds this seat, or a clerk here, can say this."))
    return seat, body


def _days(row: Absence) -> Days:
    return Days(starts_on=row.starts_on, ends_on=row.ends_on, back_on=row.back_on)
