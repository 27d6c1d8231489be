"""What can have happened to a support."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ProposalSupported(Event):
    """A resident would like to see a proposal on the ballot."""

    proposal_id: int
    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class SupportTakenBack(Event):
    """A resident no longer supports a proposal."""

    proposal_id: int
    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class SupportMoved(Event):
    """A resident supports a joint proposal instead of the one that is part of it now; they said so themselves."""

    proposal_id: int
    into_id: int
    cycle_id: int
