"""What can have happened to a prepared finding; what it says goes into no log before it is public."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class FindingAgreed(Event):
    """Another officer agreed to a prepared finding; where it is published at once, that is an event of its own."""

    proposal_id: int
    cycle_id: int
    prepared_id: int


@dataclass(frozen=True, kw_only=True)
class FindingSentBack(Event):
    """Another officer did not agree; the proposal is to be reviewed again."""

    proposal_id: int
    cycle_id: int
    prepared_id: int


@dataclass(frozen=True, kw_only=True)
class FindingTakenBack(Event):
    """The officer who wrote it took it back."""

    proposal_id: int
    cycle_id: int
    prepared_id: int


@dataclass(frozen=True, kw_only=True)
class ReviewSettled(Event):
    """A clerk said from which amount on two officers decide, and whether decisions come out together."""

    cycle_id: int
    second_above_cents: int | None
    together: bool
