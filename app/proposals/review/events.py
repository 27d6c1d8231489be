"""What can have happened in a review."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.proposals.review.rules import Decision, Reason


@dataclass(frozen=True, kw_only=True)
class ProposalReviewed(Event):
    """An officer judged a proposal; `cost_cents` is the price that stands now, None while there is none."""

    proposal_id: int
    cycle_id: int
    author_id: int
    review_id: int
    decision: Decision
    reason: Reason
    cost_cents: int | None
    title: str = free_text()
    explanation: str = free_text()
