"""What can have happened to a follow."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ProposalFollowed(Event):
    """Somebody wants to hear what becomes of a proposal."""

    proposal_id: int
    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class FollowEnded(Event):
    """Somebody no longer wants to hear of a proposal."""

    proposal_id: int
    cycle_id: int
