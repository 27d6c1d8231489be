"""Where in Riverside the demo's proposals are: most on the map, some in words, and one at a private address."""

from functools import cache
from random import Random
from typing import Any

from app.core.access import Actor
from app.demo.texts import outlines
from app.places.queries import AreaFacts
from app.places.rules import boundaries
from app.proposals.spots import services
from app.proposals.spots.rules import Spot, Where, squares
from app.proposals.spots.services import SayWhere

IN_WORDS, PRIVATE = 5, 8


def say_where(proposal_id: int, number: int, told: Any, *, by: Actor) -> None:
    """Mark a proposal within its area, always at the same spot; every fifth author leaves it at the words."""
    if number % IN_WORDS == IN_WORDS - 1:
        return
    tells_number = any(sign.isnumeric() for sign in told["place"])
    where = Where.AREA if number % PRIVATE == PRIVATE - 1 and not tells_number else Where.POINT
    services.say(proposal_id, SayWhere(where=where, place=told["place"], at=_spot(told["title"], told["area"])), by=by)


def _spot(title: str, area: str) -> Spot:
    """The middle of a small square, so that no two proposals stand on the same spot."""
    random, path = Random(title), ""
    for _ in range(2):
        path, _name, at = random.choice([each for each in squares(_areas(), path) if each[1] == area])
    return at


@cache
def _areas() -> tuple[AreaFacts, ...]:
    drawn = enumerate(boundaries(outlines()))
    return tuple(AreaFacts(id=n, name=each.name or "", boundary=each.geometry) for n, each in drawn)
