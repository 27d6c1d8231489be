"""What can have happened at the opening of a vote's envelopes."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class EnvelopesOpened(Event):
    """The closed set is fixed: ballots out of envelopes, ballots on paper, envelopes that gave none; ids in hex."""

    cycle_id: int
    vote_id: str
    ballots: int
    on_paper: int
    unreadable: int
    closed_set_hash: str
