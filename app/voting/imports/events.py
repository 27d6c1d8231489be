"""What can have happened to a vote that comes from a file."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class VoteImported(Event):
    """A vote held elsewhere waits here for its count: which file (SHA-256 in hex), and what was made of it."""

    cycle_id: int
    vote_id: str
    file_sha256: str
    options: int
    ballots: int
    rule_card_hash: str
    closed_set_hash: str
    lot_order_given: bool
