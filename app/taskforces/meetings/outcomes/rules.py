"""What can come of a meeting, when a decision is carried, and how old an action is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SOON_DAYS = 14
"""How many days before its day a decision's review is said to come."""


class OutcomeKind(StrEnum):
    """What came of an item."""

    NOTE = "note"
    DECISION = "decision"
    ACTION = "action"


class ActionState(StrEnum):
    """What became of an action."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Refusal(StrEnum):
    """Why a decision cannot be written down."""

    ASSEMBLY = "assembly"
    NO_QUORUM = "no_quorum"
    NOT_THERE = "not_there"
    SAME_SEAT = "same_seat"
    TOO_MANY = "too_many"
    TOO_MANY_OF_INSTITUTION = "too_many_of_institution"
    NO_VOTES = "no_votes"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The votes of one side on a motion."""

    yes: int
    no: int
    abstained: int

    @property
    def total(self) -> int:
        """Everybody on this side who voted or abstained."""
        return self.yes + self.no + self.abstained


@dataclass(frozen=True, kw_only=True)
class Room:
    """Who is there to decide: the votes by side, whether they are a quorum, and the seats that may move a motion."""

    is_assembly: bool
    is_quorate: bool
    votes: Mapping[str, int]
    movers: frozenset[int]
    recused: tuple[str, ...] = ()
    """The names of those who are there and do not vote, because they have declared an interest (rule 3)."""


def is_carried(community: Tally, institution: Tally) -> bool:
    """Whether a motion is carried: on each of the two sides more vote for it than against it."""
    return community.yes > community.no and institution.yes > institution.no


def why_not_decide(
    room: Room, community: Tally, institution: Tally, *, moved_by: int, seconded_by: int
) -> Refusal | None:
    """The first reason why this vote cannot have happened in this room, or None (domain, Meeting: inquorate meetings
    may discuss and cannot decide)."""
    if room.is_assembly:
        return Refusal.ASSEMBLY
    if not room.is_quorate:
        return Refusal.NO_QUORUM
    if moved_by == seconded_by:
        return Refusal.SAME_SEAT
    if not {moved_by, seconded_by} <= room.movers:
        return Refusal.NOT_THERE
    if community.total > room.votes["community"]:
        return Refusal.TOO_MANY
    if institution.total > room.votes["institution"]:
        return Refusal.TOO_MANY_OF_INSTITUTION
    return Refusal.NO_VOTES if community.total + institution.total == 0 else None


def age_days(made_on: date, on: date) -> int:
    """For how many days an action has been open."""
    return max(0, (on - made_on).days)


def is_due_for_review(review_on: date | None, *, is_reviewed: bool, on: date) -> bool:
    """Whether a decision is to be looked at again: its day is near or past, and nobody has."""
    return review_on is not None and not is_reviewed and (review_on - on).days <= SOON_DAYS
