"""What can have happened to a request to split a proposal."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class SplitRequested(Event):
    """Somebody asks an author to make several proposals out of one."""

    request_id: int
    proposal_id: int
    author_id: int
    message: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ProposalSplit(Event):
    """Parts of a proposal are proposals of their own now; the first one stays, and so does whoever supports it."""

    request_id: int
    proposal_id: int
    part_ids: tuple[int, ...]
    cycle_id: int
    author_id: int
    asker_id: int


@dataclass(frozen=True, kw_only=True)
class SplitDeclined(Event):
    """The author has said no, with a reason."""

    request_id: int
    proposal_id: int
    asker_id: int
    answer: str = free_text()


@dataclass(frozen=True, kw_only=True)
class SplitTakenBack(Event):
    """Whoever asked no longer asks."""

    request_id: int
    proposal_id: int
