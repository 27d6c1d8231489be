"""What can have happened to a report that somebody voted in another's place."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.voting.disputes.rules import DisputeStage


@dataclass(frozen=True, kw_only=True)
class VoteDisputed(Event):
    """Somebody reported that a vote in their name is not theirs; at the desk, a clerk wrote it down for them."""

    cycle_id: int
    dispute_id: int
    at_desk: bool
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class DisputeDecided(Event):
    """Two members of the board answered; where they voided, so many envelopes were destroyed unread."""

    cycle_id: int
    dispute_id: int
    stage: DisputeStage
    envelopes_voided: int
    answer: str = free_text()
