"""What can have happened when the numbers of a closed vote were held against each other."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class VoteReconciled(Event):
    """The count set is fixed: so many envelopes under this root, so many accepted slips; ids and root in hex."""

    cycle_id: int
    vote_id: str
    envelopes: int
    slips: int
    count_root: str
    explained: tuple[str, ...] = ()
    """What is missing on paper and was explained."""
