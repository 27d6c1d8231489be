"""What can have happened to a vote. A cast is no event: its envelope is its record, and the record has no time."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class BallotFixed(Event):
    """Options, rule card and key are settled; `vote_id` in hex."""

    cycle_id: int
    vote_id: str
    options: int
    option_seed: str
    rule_card_hash: str
    lot_commitment: str
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VoteOpened(Event):
    """The roll is frozen and ballots are taken."""

    cycle_id: int
    vote_id: str
    roll_size: int
    roll_hash: str


@dataclass(frozen=True, kw_only=True)
class VoteClosed(Event):
    """No further ballot is taken; `envelopes` are in the closed set. The reason for an early close is public."""

    cycle_id: int
    vote_id: str
    envelopes: int
    was_early: bool
    early_reason: str | None = free_text()
