"""Opening and closing a station, and counting its casts apart from the ballots."""

import secrets
from hashlib import sha256

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure
from app.core.events import publish
from app.voting.models import Vote
from app.voting.roll.services import keeping
from app.voting.roll.stations.events import StationClosed, StationOpened
from app.voting.roll.stations.models import Station
from app.voting.rules import VoteStage


def start(cycle_id: int, location: str, *, by: Actor) -> str:
    """Turn a computer into a station; returns the key that makes its browser one."""
    keeping(cycle_id, by)
    key = secrets.token_urlsafe(32)
    with transaction():
        stage = db.session.scalar(sa.select(Vote.stage).where(Vote.cycle_id == cycle_id))
        ensure(stage in (VoteStage.FROZEN, VoteStage.OPEN), "no_vote", _("There is no vote to be held here now."))
        station = Station(
            cycle_id=cycle_id,
            location=location,
            key_hash=sha256(key.encode()).digest(),
            casts=0,
            opened_by_id=by.id,
            opened_at=now(),
        )
        db.session.add(station)
        db.session.flush()
        told = StationOpened(actor_id=by.id, cycle_id=cycle_id, station_id=station.id.hex(), location=location)
        publish(told)
    return key


def close(cycle_id: int, station_id: bytes, *, by: Actor) -> None:
    """Let nobody in at a station any more. Again changes nothing."""
    keeping(cycle_id, by)
    with transaction():
        station = locked(Station, station_id)
        if station is None or station.cycle_id != cycle_id:
            raise NotFound
        if station.closed_at is None:
            station.closed_at, station.closed_by_id = now(), by.id
            publish(StationClosed(actor_id=by.id, cycle_id=cycle_id, station_id=station_id.hex()))


def note_cast(station_id: bytes) -> None:
    """One more has cast here: a number of its own, written after the ballot and apart from it."""
    with transaction():
        db.session.execute(sa.update(Station).where(Station.id == station_id).values(casts=Station.casts + 1))
