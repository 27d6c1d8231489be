"""Sides, kinds of seat, who may take which, and who may sign for a side (domain, roles; rules 1, 3 and 32)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Side(StrEnum):
    """The two sides of every task force."""

    COMMUNITY = "community"
    INSTITUTION = "institution"


class SeatKind(StrEnum):
    """What a seat is for."""

    CO_CHAIR = "co_chair"
    DEPUTY = "deputy"
    MEMBER = "member"
    YOUTH = "youth"
    OBSERVER = "observer"
    SECRETARY = "secretary"


ONE_A_SIDE = frozenset({SeatKind.CO_CHAIR, SeatKind.DEPUTY})
"""Kinds of which each side has one at a time."""
ENDS_SOON = timedelta(days=60)
"""How long before its last day a term is said to come to its end."""


class Refusal(StrEnum):
    """Why somebody cannot take a seat."""

    TAKEN = "taken"
    DEPUTY_TAKEN = "deputy_taken"
    OTHER_SIDE = "other_side"
    ALREADY_SITS = "already_sits"
    NO_FIRST_NAME = "no_first_name"
    NO_CONSENT = "no_consent"
    CONSENT_TO_COME = "consent_to_come"
    DISSOLVED = "dissolved"


@dataclass(frozen=True, kw_only=True)
class Held:
    """A seat with its holder: both days belong to the term, and no end means until further notice."""

    task_force_id: int
    kind: SeatKind
    side: Side
    person_id: int
    starts_on: date
    ends_on: date | None

    def meets(self, other: "Held") -> bool:
        """Whether there is a day on which both are held."""
        before = self.ends_on is not None and self.ends_on < other.starts_on
        after = other.ends_on is not None and other.ends_on < self.starts_on
        return not (before or after)


def why_not_sit(wanted: Held, *, held: Iterable[Held]) -> Refusal | None:
    """The first reason why `wanted` cannot be, given every seat of the neighborhood.

    One co-chair and one deputy a side, one seat a person, and nobody is ever on both sides, in whichever task force
    (domain, roles; rule 3).
    """
    meeting = [seat for seat in held if seat.meets(wanted)]
    here = [seat for seat in meeting if seat.task_force_id == wanted.task_force_id]
    if any(seat.person_id == wanted.person_id and seat.side is not wanted.side for seat in meeting):
        return Refusal.OTHER_SIDE
    if any(seat.person_id == wanted.person_id for seat in here):
        return Refusal.ALREADY_SITS
    if wanted.kind not in ONE_A_SIDE or not any(s.kind is wanted.kind and s.side is wanted.side for s in here):
        return None
    return Refusal.TAKEN if wanted.kind is SeatKind.CO_CHAIR else Refusal.DEPUTY_TAKEN


def why_not_young(kind: SeatKind, *, shown_as: str | None, consent_on: date | None, today: date) -> Refusal | None:
    """Why a youth seat cannot be offered: it shows a first name only, with a guardian's consent on record (rule 32)."""
    if kind is not SeatKind.YOUTH:
        return None
    if not shown_as or len(shown_as.split()) != 1:
        return Refusal.NO_FIRST_NAME
    if consent_on is None:
        return Refusal.NO_CONSENT
    return Refusal.CONSENT_TO_COME if consent_on > today else None


def holds(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Whether a seat held between these days, both included, is held on a day; None: until further notice."""
    return starts_on <= on and (ends_on is None or on <= ends_on)


def ends_soon(ends_on: date | None, on: date) -> bool:
    """Whether a term that is running comes to its end within two months."""
    return ends_on is not None and on <= ends_on <= on + ENDS_SOON


@dataclass(frozen=True, kw_only=True)
class Pen:
    """Somebody in a seat that can sign, as of a day and for a matter."""

    seat_id: int
    side: Side
    is_deputy: bool
    is_away: bool = False
    is_recused: bool = False


def who_signs(pens: Iterable[Pen]) -> list[Pen]:
    """Who may sign, one a side at the most (rules 1 and 3).

    The co-chair signs. The deputy does only where the co-chair is away or recused, or where there is none. A co-chair
    who is away keeps the pen while no deputy can take it; a declared interest takes it in any case.
    """
    given = list(pens)
    found = []
    for side in Side:
        able = [pen for pen in given if pen.side is side and not pen.is_recused]
        chair = next((pen for pen in able if not pen.is_deputy), None)
        deputy = next((pen for pen in able if pen.is_deputy and not pen.is_away), None)
        signer = chair if chair is not None and not (chair.is_away and deputy) else deputy
        found += [signer] if signer else []
    return found
