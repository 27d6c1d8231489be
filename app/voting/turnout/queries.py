"""Reading the turnout: the kept cells, and the roll's channels."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Residence
from app.core.db import db
from app.places.models import Area
from app.voting.models import RollEntry, Vote
from app.voting.roll.models import Listing
from app.voting.rules import Channel, VoteStage
from app.voting.turnout.models import TurnoutHour
from app.voting.turnout.rules import Channels, Hour, Part, age_band


def channels(vote_id: bytes) -> Channels:
    """How many have voted, by channel, exactly: for sums. A paper ballot handed out is none that came in."""
    online = sa.or_(
        RollEntry.channel == Channel.ONLINE, sa.and_(RollEntry.channel == Channel.PAPER_ISSUED, RollEntry.revision > 0)
    )
    query = sa.select(
        sa.func.count().filter(online), sa.func.count().filter(RollEntry.channel == Channel.PAPER_RETURNED)
    ).where(RollEntry.vote_id == vote_id)
    found = db.session.execute(query).one()
    return Channels(online=found[0], paper=found[1])


def kept_hours(vote_id: bytes) -> list[Hour]:
    """The cells kept so far, the first hour first."""
    query = sa.select(TurnoutHour.until, TurnoutHour.voters).where(TurnoutHour.vote_id == vote_id)
    return [Hour(until=until, voters=n) for until, n in db.session.execute(query.order_by(TurnoutHour.until))]


def by_area(vote_id: bytes) -> list[Part]:
    """How many of each area stand on the roll and have voted, exactly: pass it through `told_parts` before showing it.

    Only listings say their area; an account has a home in the neighborhood and no more.
    """
    query = _parts(vote_id, Area.name).outerjoin(Area, Area.id == Listing.area_id).group_by(Area.name)
    return [Part(name=name, on_roll=n, voters=m) for name, n, m in db.session.execute(query.order_by(Area.name))]


def by_age(vote_id: bytes, day: date) -> list[Part]:
    """How many of each band of ages, as they were on `day`, stand on the roll and have voted, exactly, as above."""
    born_on = sa.func.coalesce(Residence.born_on, Listing.born_on)
    query = _parts(vote_id, sa.type_coerce(born_on, sa.Date())).outerjoin(
        Residence, Residence.person_id == RollEntry.person_id
    )
    found: dict[str | None, list[int]] = {}
    for born, on_roll, voters in db.session.execute(query.group_by(born_on)):
        sums = found.setdefault(age_band(born, day), [0, 0])
        sums[0], sums[1] = sums[0] + on_roll, sums[1] + voters
    bands = sorted(found, key=lambda band: int(band.partition("-")[0]) if band else 200)
    return [Part(name=band, on_roll=found[band][0], voters=found[band][1]) for band in bands]


def _parts(vote_id: bytes, name: Any) -> sa.Select[Any]:
    came_in = RollEntry.channel.in_((Channel.ONLINE, Channel.PAPER_RETURNED))
    has_voted = sa.or_(came_in, sa.and_(RollEntry.channel == Channel.PAPER_ISSUED, RollEntry.revision > 0))
    counted = sa.select(name, sa.func.count(), sa.func.count().filter(has_voted)).select_from(RollEntry)
    listed = counted.outerjoin(Listing, Listing.id == RollEntry.listing_id)
    return listed.where(RollEntry.vote_id == vote_id, RollEntry.channel != Channel.VOID)


def open_votes() -> list[bytes]:
    """The votes that are open."""
    return list(db.session.scalars(sa.select(Vote.id).where(Vote.stage == VoteStage.OPEN).order_by(Vote.id)))
