"""What can have happened to the reviewer of a proposal."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class ReviewerChanged(Event):
    """Another officer (or, with None, nobody) has this proposal to review from now on."""

    proposal_id: int
    cycle_id: int
    officer_id: int | None
    before_id: int | None


@dataclass(frozen=True, kw_only=True)
class InterestDeclared(Event):
    """An officer has an interest in a proposal and keeps away from it."""

    proposal_id: int
    cycle_id: int
    officer_id: int
    interest: str = free_text()
