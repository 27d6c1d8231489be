"""Who writes the foreword of a neighborhood's budget report, and who agrees to it."""

from collections.abc import Mapping

from app.core.access import Actor
from app.taskforces.seats.rules import Side


def side_of(actor: Actor | None, chairs: Mapping[int, Side]) -> Side | None:
    """The side for which somebody writes or agrees: that on which they co-chair a task force here; None for others."""
    return None if actor is None else chairs.get(actor.id)
