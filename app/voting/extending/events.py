"""That the end of a vote was put off."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class VoteExtended(Event):
    """Two persons put the end of an open vote off; a public line of the log. Moments in UTC."""

    cycle_id: int
    vote_id: str
    number: int
    requester_id: int
    was_to_close_at: str
    closes_at: str
    reason: str
