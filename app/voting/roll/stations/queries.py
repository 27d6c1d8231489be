"""Reading stations: those of a vote, and the one this browser is."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from flask import g, has_request_context, session

from app.core.db import db
from app.voting.models import Vote
from app.voting.roll.stations.models import Station
from app.voting.roll.stations.rules import shown_casts
from app.voting.rules import VoteStage

STATION = "station"


@dataclass(frozen=True, kw_only=True)
class StationFacts:
    """A station as clerks and its own screen know it; `casts` in full tens."""

    id: bytes
    cycle_id: int
    location: str
    casts: int
    opened_at: datetime
    closed_at: datetime | None
    is_voting: bool

    @property
    def is_open(self) -> bool:
        """Whether voters can be let in."""
        return self.closed_at is None


def stations(cycle_id: int) -> list[StationFacts]:
    """The stations of a vote by location."""
    query = _stations().where(Station.cycle_id == cycle_id).order_by(Station.location, Station.opened_at)
    return [_facts(*row) for row in db.session.execute(query)]


def station_of_this_request() -> StationFacts | None:
    """The station this browser is; read once in a request. A closed one still knows that it was one."""
    if not has_request_context() or STATION not in session:
        return None
    if "station" not in g:
        key_hash = sha256(session[STATION].encode()).digest()
        row = db.session.execute(_stations().where(Station.key_hash == key_hash)).first()
        g.station = None if row is None else _facts(*row)
    found: StationFacts | None = g.station
    return found


def _stations() -> sa.Select[bytes, int, str, int, datetime, datetime | None, VoteStage | None]:
    return sa.select(
        Station.id,
        Station.cycle_id,
        Station.location,
        Station.casts,
        Station.opened_at,
        Station.closed_at,
        Vote.stage,
    ).outerjoin(Vote, Vote.cycle_id == Station.cycle_id)


def _facts(
    id_: bytes,
    cycle_id: int,
    location: str,
    casts: int,
    opened: datetime,
    closed: datetime | None,
    stage: VoteStage | None,
) -> StationFacts:
    return StationFacts(
        id=id_,
        cycle_id=cycle_id,
        location=location,
        casts=shown_casts(casts),
        opened_at=opened,
        closed_at=closed,
        is_voting=stage is VoteStage.OPEN,
    )
