"""Sides, kinds of seat, and which kind belongs to which side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Side(StrEnum):
    """The two sides of every task force."""

    COMMUNITY = "community"
    INSTITUTION = "institution"


class SeatKind(StrEnum):
    """What a seat is for."""

    CO_CHAIR = "co_chair"
    MEMBER = "member"
    OBSERVER = "observer"


PUBLISHES: Mapping[SeatKind, bool] = {SeatKind.CO_CHAIR: True, SeatKind.MEMBER: False, SeatKind.OBSERVER: False}


class Refusal(StrEnum):
    """Why somebody cannot take a seat."""

    TAKEN = "taken"
    OTHER_SIDE = "other_side"
    ALREADY_SITS = "already_sits"


@dataclass(frozen=True, kw_only=True)
class Held:
    """A seat with its holder: both days belong to the term, and no end means until further notice."""

    task_force_id: int
    kind: SeatKind
    side: Side
    person_id: int
    ends_on: date | None

    def lasts_until(self, day: date) -> bool:
        """Whether its holder still sits on `day`, or comes after it."""
        return self.ends_on is None or self.ends_on >= day


def why_not_sit(wanted: Held, *, from_on: date, held: Iterable[Held]) -> Refusal | None:
    """The first reason why `wanted` cannot begin on `from_on`, given every seat of the neighborhood.

    One chair a side, one seat a person, and nobody is ever on both sides, in whichever task force (domain, roles).
    """
    lasting = [seat for seat in held if seat.lasts_until(from_on)]
    here = [seat for seat in lasting if seat.task_force_id == wanted.task_force_id]
    if any(seat.person_id == wanted.person_id and seat.side is not wanted.side for seat in lasting):
        return Refusal.OTHER_SIDE
    if any(seat.person_id == wanted.person_id for seat in here):
        return Refusal.ALREADY_SITS
    same = [seat for seat in here if seat.kind is SeatKind.CO_CHAIR and seat.side is wanted.side]
    return Refusal.TAKEN if wanted.kind is SeatKind.CO_CHAIR and same else None
