"""The verbs of seats: fill one, end one."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.places.models import Neighborhood
from app.taskforces import policies
from app.taskforces.models import TaskForce
from app.taskforces.seats import words
from app.taskforces.seats.events import SeatEnded, SeatFilled
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import Held, SeatKind, Side, why_not_sit


@dataclass(frozen=True, kw_only=True)
class FillSeat:
    """Who takes which seat, named by their e-mail address, nominated by whom, from when."""

    kind: SeatKind
    side: Side
    email: str
    nominated_by: str
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class EndSeat:
    """The last day of a term."""

    ends_on: date


def fill(task_force_id: int, command: FillSeat, *, by: Actor) -> Seat:
    """Seat a nominated person. The seats of a neighborhood are filled one after the other, so that no rule is raced."""
    with transaction():
        body = _body(task_force_id, by)
        person = _person(command.email)
        held = _held_in(body.neighborhood_id)
        wanted = Held(task_force_id=body.id, kind=command.kind, side=command.side, person_id=person.id, ends_on=None)
        refusal = why_not_sit(wanted, from_on=command.starts_on, held=held)
        if refusal is not None:
            ensure(False, refusal.value, str(words.REFUSALS[refusal]), field="email")
        _close_vacant(wanted, command.starts_on)
        seat = Seat(
            task_force_id=body.id,
            kind=command.kind,
            side=command.side,
            person_id=person.id,
            nominated_by=command.nominated_by,
            starts_on=command.starts_on,
        )
        db.session.add(seat)
        db.session.flush()
        publish(
            SeatFilled(
                actor_id=by.id,
                seat_id=seat.id,
                task_force_id=body.id,
                kind=seat.kind,
                side=seat.side,
                person_id=person.id,
                starts_on=seat.starts_on,
            )
        )
    return seat


def end(seat_id: int, command: EndSeat, *, by: Actor) -> Seat:
    """End a term; the seat stays in the record, and is vacant from the day after."""
    with transaction():
        seat = locked(Seat, seat_id)
        if seat is None:
            raise NotFound
        _body(seat.task_force_id, by)
        ensure(seat.ends_on is None, "has_ended", _("This term has an end already."), field="ends_on")
        late = _("The last day cannot be before the first.")
        ensure(command.ends_on >= seat.starts_on, "before_it_starts", late, field="ends_on")
        seat.ends_on = command.ends_on
        publish(SeatEnded(actor_id=by.id, seat_id=seat.id, task_force_id=seat.task_force_id, ends_on=command.ends_on))
    return seat


def _body(task_force_id: int, by: Actor) -> TaskForce:
    body = db.session.get(TaskForce, task_force_id)
    if body is None:
        raise NotFound
    ensure_standing(policies.may_fill_seats(by, body.neighborhood_id), _("Only a clerk here can change seats."))
    locked(Neighborhood, body.neighborhood_id)
    return body


def _person(email: str) -> Person:
    person = db.session.scalar(sa.select(Person).where(sa.func.lower(Person.email) == email.strip().lower()))
    message = _("Nobody here has an account with this address. Ask them to join first.")
    ensure(person is not None and person.active, "no_account", message, field="email")
    assert person is not None
    return person


def _held_in(neighborhood_id: int) -> list[Held]:
    seats = db.session.scalars(
        sa.select(Seat).join(TaskForce).where(TaskForce.neighborhood_id == neighborhood_id, Seat.person_id.is_not(None))
    )
    return [
        Held(task_force_id=s.task_force_id, kind=s.kind, side=s.side, person_id=s.person_id, ends_on=s.ends_on)
        for s in seats
        if s.person_id is not None
    ]


def _close_vacant(wanted: Held, on: date) -> None:
    """A vacant chair that is on record as a row of its own ends where its new holder begins."""
    vacant = db.session.scalars(
        sa.select(Seat).where(
            Seat.task_force_id == wanted.task_force_id,
            Seat.kind == wanted.kind,
            Seat.side == wanted.side,
            Seat.person_id.is_(None),
            Seat.ends_on.is_(None),
        )
    )
    for seat in vacant:
        seat.ends_on = max(seat.starts_on, on)
    db.session.flush()
