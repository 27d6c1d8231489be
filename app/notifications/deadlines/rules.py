"""Which dates are told before they come, to whom, and how long before."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from app.cycles.rules import PhaseKind
from app.proposals.rules import Stage

AHEAD = timedelta(days=3)
"""How long before its end a deadline is told."""
LISTED = 10
"""How many proposals a mail names at the most."""


class Deadline(StrEnum):
    """What ends."""

    COLLECTING = "collecting"
    REVIEWING = "reviewing"
    VOTING = "voting"
    SECOND_LOOK = "second_look"
    CHANGES = "changes"


PHASES: Mapping[PhaseKind, Deadline] = {
    PhaseKind.COLLECTING: Deadline.COLLECTING,
    PhaseKind.REVIEWING: Deadline.REVIEWING,
    PhaseKind.VOTING: Deadline.VOTING,
}

AUTHORS_OF: Mapping[Deadline, frozenset[Stage]] = {
    Deadline.COLLECTING: frozenset({Stage.DRAFT}),
    Deadline.REVIEWING: frozenset({Stage.NEEDS_CHANGES}),
    Deadline.VOTING: frozenset({Stage.ON_BALLOT}),
    Deadline.SECOND_LOOK: frozenset({Stage.NOT_FEASIBLE}),
    Deadline.CHANGES: frozenset({Stage.NEEDS_CHANGES}),
}
"""In which stages a proposal's author is told of the end."""
FOLLOWERS_OF: Mapping[Deadline, frozenset[Stage]] = {
    Deadline.COLLECTING: frozenset(),
    Deadline.REVIEWING: frozenset({Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE}),
    Deadline.VOTING: frozenset({Stage.ON_BALLOT}),
    Deadline.SECOND_LOOK: frozenset(),
    Deadline.CHANGES: frozenset(),
}
"""In which stages its followers are told as well."""


def is_near(ends_at: datetime, now: datetime) -> bool:
    """Whether an end is to be told now: it comes within three days, and has not come yet."""
    return now < ends_at <= now + AHEAD
