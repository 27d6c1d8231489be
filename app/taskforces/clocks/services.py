"""Running the clocks of a day: a job of its own for each neighborhood, so that a killed worker's day runs again.

`CLOCKS` of `app/wiring.py` names them. Each looks at what is due on the day, acts on each thing in a transaction of its
own, and does nothing where that is done already: a day that runs twice acts once. A day that was missed is caught up
with the next one, since a clock asks for everything that is due *by* its day.
"""

from collections.abc import Callable, Sequence
from datetime import date

import sqlalchemy as sa
from flask import current_app

from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.jobs import Lease, enqueue
from app.places.models import Neighborhood
from app.taskforces.clocks.models import ClockDay

Clock = Callable[[int, date], object]
"""What happens by itself in a neighborhood (its id) by a day."""
DAY = "clocks.day"


def leave_days() -> None:
    """Leave a job for each neighborhood whose day has begun; the worker calls this every ten minutes."""
    zones = db.session.execute(sa.select(Neighborhood.id, Neighborhood.time_zone)).all()
    left = {(where, on) for where, on in db.session.execute(sa.select(ClockDay.neighborhood_id, ClockDay.on))}
    db.session.rollback()
    for neighborhood_id, zone in zones:
        if (neighborhood_id, today(zone)) not in left:
            _leave(neighborhood_id, today(zone))


def run_day(lease: Lease) -> None:
    """Run every clock of a neighborhood's day; one that fails keeps no other from its turn, and the day is tried again.

    Raises what the first failing clock raised, after the others have run.
    """
    neighborhood_id, on = int(lease.arguments["neighborhood_id"]), date.fromisoformat(lease.arguments["on"])
    failed: Exception | None = None
    for clock in _clocks():
        lease.renew()
        try:
            clock(neighborhood_id, on)
        except Exception as reason:  # whatever it was, the other clocks have their turn and the job says so
            db.session.rollback()
            failed = failed or reason
    if failed is not None:
        raise failed
    with lease.finishing():
        day = locked(ClockDay, (neighborhood_id, on))
        if day is not None:
            day.finished_at = now()


def _leave(neighborhood_id: int, on: date) -> None:
    with transaction():
        locked(Neighborhood, neighborhood_id)
        if db.session.get(ClockDay, (neighborhood_id, on)) is None:
            db.session.add(ClockDay(neighborhood_id=neighborhood_id, on=on, left_at=now()))
            enqueue(DAY, neighborhood_id=neighborhood_id, on=on.isoformat())


def _clocks() -> Sequence[Clock]:
    clocks: Sequence[Clock] = current_app.extensions["clocks"]
    return clocks
