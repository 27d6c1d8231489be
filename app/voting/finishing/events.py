"""What can have happened at the end of a vote."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ResultPublished(Event):
    """The result is final: the days for objections are over and every objection is settled."""

    cycle_id: int
    result_id: int
    outcome_hash: str


@dataclass(frozen=True, kw_only=True)
class EnvelopesDestroyed(Event):
    """The envelopes of a vote and what was kept here to open them are gone; `vote_id` in hex."""

    cycle_id: int
    vote_id: str
    envelopes: int
    key_kept_here: bool
