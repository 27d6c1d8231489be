"""Keeping the turnout by the hour: the worker looks once after each full hour and writes full tens, or nothing."""

from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.events import publish
from app.voting.turnout import queries
from app.voting.turnout.events import TurnoutKept
from app.voting.turnout.models import TurnoutHour, TurnoutLook
from app.voting.turnout.rules import cell_to_keep, full_hour


def keep_turnout() -> None:
    """Write the last full hour's cell of every open vote, if it was not looked at yet; called every minute.

    One look an hour, even where nothing is written: a row written once ten are there would tell when the tenth came.
    """
    for vote_id in queries.open_votes():
        _keep(vote_id)
    db.session.rollback()


def _keep(vote_id: bytes) -> None:
    hour = full_hour(now())
    with transaction():
        look = locked(TurnoutLook, vote_id)
        if look is None:
            db.session.add(TurnoutLook(vote_id=vote_id, hour=hour))
            return
        if look.hour >= hour:
            return
        look.hour = hour
        kept = sum(each.voters for each in queries.kept_hours(vote_id))
        voters = cell_to_keep(queries.channels(vote_id).voters, kept)
        if voters:
            db.session.add(TurnoutHour(vote_id=vote_id, until=hour, voters=voters))
            publish(TurnoutKept(actor_id=None, vote_id=vote_id.hex(), until=hour, voters=voters))
