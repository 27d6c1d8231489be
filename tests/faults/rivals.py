"""What may race with a voter's own cast: their paper ballot, and being struck from the roll."""

import sqlalchemy as sa
from flask import Flask

from app.core.access import Actor
from app.core.db import db, transaction
from app.voting import queries
from app.voting.ballots.services import NotCast
from app.voting.models import RollEntry
from app.voting.rules import Channel
from tests import make

RIVALS = ("paper", "void")
_CHANNELS = {"paper": Channel.PAPER_RETURNED, "void": Channel.VOID}


def try_to(app: Flask, cycle_id: int, who: Actor, act: str) -> None:
    """Cast or let the rival happen, in a thread of its own."""
    with app.app_context():
        if act == "cast":
            try:
                make.cast_in(cycle_id, who, [1, 2])
            except NotCast:
                return
        else:
            _override(who, _CHANNELS[act])


def votes(cycle_id: int) -> tuple[int, int, int]:
    """Roll entries that count online, entries that count elsewhere or not at all, and envelopes that will be opened."""
    db.session.rollback()
    vote = queries.vote_facts(cycle_id)
    count = sa.select(RollEntry.channel, sa.func.count()).group_by(RollEntry.channel)
    by_channel = {channel: size for channel, size in db.session.execute(count.where(RollEntry.vote_id == vote.id))}
    online = by_channel.get(Channel.ONLINE, 0)
    return online, sum(by_channel.values()) - online, queries.final_envelope_count(vote.id)


def _override(who: Actor, channel: Channel) -> None:
    """What the paper office and the board do to an entry of the roll: the row is locked, its channel changes."""
    with transaction():
        query = sa.select(RollEntry).where(RollEntry.person_id == who.id).with_for_update()
        db.session.scalars(query.execution_options(populate_existing=True)).one().channel = channel
