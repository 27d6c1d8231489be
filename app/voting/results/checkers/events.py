"""What can have happened about the files that hold whole rankings."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CheckerAccredited(Event):
    """Two members of the board agreed that somebody may take the full files of a vote, from a day until a day."""

    cycle_id: int
    checker_id: int
    person_id: int
    requester_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class CheckerWithdrawn(Event):
    """An accreditation was ended early; what was taken before stays taken."""

    cycle_id: int
    checker_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class FullFileTaken(Event):
    """Somebody was given a file with whole rankings or all sums."""

    cycle_id: int
    result_id: int
    name: str
    sha256: str
