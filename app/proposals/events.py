"""What can have happened to a proposal."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class ProposalDrafted(Event):
    """Somebody began a proposal; only they can see it."""

    proposal_id: int
    cycle_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalSubmitted(Event):
    """A proposal is public and waits for review."""

    proposal_id: int
    cycle_id: int
    author_id: int
    code: str
    title: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ProposalEdited(Event):
    """Its author changed it; `sent_again` where that answered an officer's wish for changes."""

    proposal_id: int
    cycle_id: int
    sent_again: bool
    title: str = free_text()
    changed: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Event):
    """Its author took it back."""

    proposal_id: int
    cycle_id: int
    author_id: int
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ProposalsPutOnBallot(Event):
    """Every feasible proposal of a cycle is now an option of its ballot."""

    cycle_id: int
    proposal_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalsImported(Event):
    """The projects of a vote that was held elsewhere stand here as its options."""

    cycle_id: int
    proposal_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OutcomesRecorded(Event):
    """The count has said which options are funded."""

    cycle_id: int
    funded: tuple[int, ...]
    not_funded: tuple[int, ...]
