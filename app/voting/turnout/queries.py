"""Reading the turnout: the kept cells, and the roll's channels."""

import sqlalchemy as sa

from app.core.db import db
from app.voting.models import RollEntry, Vote
from app.voting.rules import Channel, VoteStage
from app.voting.turnout.models import TurnoutHour
from app.voting.turnout.rules import Channels, Hour


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


def open_votes() -> list[bytes]:
    """The votes that are open."""
    return list(db.session.scalars(sa.select(Vote.id).where(Vote.stage == VoteStage.OPEN).order_by(Vote.id)))
