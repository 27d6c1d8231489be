"""What can have happened to a request to join two proposals."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class MergeRequested(Event):
    """An author asks another to take a proposal in."""

    request_id: int
    proposal_id: int
    into_id: int
    into_author_id: int
    message: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ProposalMerged(Event):
    """A proposal is part of another now; whoever supported it is told, and moved only if they say so themselves."""

    request_id: int
    proposal_id: int
    into_id: int
    cycle_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class MergeDeclined(Event):
    """The author of the other proposal has said no, with a reason."""

    request_id: int
    proposal_id: int
    into_id: int
    author_id: int
    answer: str = free_text()


@dataclass(frozen=True, kw_only=True)
class MergeTakenBack(Event):
    """Its author no longer asks."""

    request_id: int
    proposal_id: int
    into_id: int
