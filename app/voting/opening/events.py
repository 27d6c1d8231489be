"""What can have happened at the opening of a vote's envelopes."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class EnvelopesOpened(Event):
    """The closed set is fixed: how many ballots it holds, how many envelopes gave none; `vote_id` and hash in hex."""

    cycle_id: int
    vote_id: str
    ballots: int
    unreadable: int
    closed_set_hash: str
