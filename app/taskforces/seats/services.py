"""Seats: what every verb about them asks first, and the end of a term. They are filled by `offers/`."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.places.models import Neighborhood
from app.taskforces import policies
from app.taskforces.models import TaskForce
from app.taskforces.rules import BodyStage
from app.taskforces.seats import words
from app.taskforces.seats.events import SeatEnded
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import Held, Refusal, why_not_sit


@dataclass(frozen=True, kw_only=True)
class EndSeat:
    """The last day of a term."""

    ends_on: date


def end(seat_id: int, command: EndSeat, *, by: Actor) -> Seat:
    """End a term, or end it earlier than it would; it stays in the record, and is vacant from the day after."""
    with transaction():
        found = db.session.get(Seat, seat_id)
        if found is None:
            raise NotFound
        body = body_of(found.task_force_id)
        ensure_filler(body, by)
        seat = locked(Seat, seat_id)
        assert seat is not None
        ended = _("This term has an end already. Only an earlier day can take its place.")
        ensure(seat.ends_on is None or command.ends_on < seat.ends_on, "has_ended", ended, field="ends_on")
        late = _("The last day cannot be before the first.")
        ensure(command.ends_on >= seat.starts_on, "before_it_starts", late, field="ends_on")
        seat.ends_on = command.ends_on
        publish(SeatEnded(actor_id=by.id, seat_id=seat.id, task_force_id=seat.task_force_id, ends_on=command.ends_on))
    return seat


def body_of(task_force_id: int) -> TaskForce:
    """The task force; the seats of its neighborhood are locked and change one after the other, so no rule is raced."""
    found = db.session.get(TaskForce, task_force_id)
    if found is None or locked(Neighborhood, found.neighborhood_id) is None:
        raise NotFound
    body = locked(TaskForce, task_force_id)
    assert body is not None
    return body


def ensure_filler(body: TaskForce, by: Actor) -> None:
    """Refuse whoever may not change the seats of a task force."""
    ensure_standing(policies.may_fill_seats(by, body.neighborhood_id), _("Only a clerk here can change seats."))


def ensure_free(body: TaskForce, wanted: Held) -> None:
    """Refuse a seat that cannot be held besides those of the neighborhood; call it with `body_of` before."""
    query = sa.select(Seat).join(TaskForce).where(TaskForce.neighborhood_id == body.neighborhood_id)
    held = [
        Held(
            task_force_id=seat.task_force_id,
            kind=seat.kind,
            side=seat.side,
            person_id=seat.person_id,
            starts_on=seat.starts_on,
            ends_on=seat.ends_on,
        )
        for seat in db.session.scalars(query.where(Seat.person_id.is_not(None)))
        if seat.person_id is not None
    ]
    refuse(Refusal.DISSOLVED if body.stage is BodyStage.DISSOLVED else why_not_sit(wanted, held=held))


def refuse(reason: Refusal | None) -> None:
    """Say no with a reason, at the field that it is about; nothing where there is none."""
    if reason is not None:
        ensure(False, reason.value, str(words.REFUSALS[reason]), field=words.FIELDS.get(reason, "email"))
