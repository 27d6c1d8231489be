"""What can have happened in a review."""

from dataclasses import dataclass
from datetime import datetime

from app.core.events import Event, free_text
from app.proposals.review.rules import Decision, Reason


@dataclass(frozen=True, kw_only=True)
class ProposalReviewed(Event):
    """A finding about a proposal is public; `actor_id` is whoever published it, `officer_id` whoever found it.

    `cost_cents` is the price that stands now, None while there is none; `answer_until` is when the time to answer a
    wish for changes is over.
    """

    proposal_id: int
    cycle_id: int
    author_id: int
    review_id: int
    decision: Decision
    reason: Reason
    cost_cents: int | None
    officer_id: int | None = None
    answer_until: datetime | None = None
    title: str = free_text()
    explanation: str = free_text()


@dataclass(frozen=True, kw_only=True)
class FindingPrepared(Event):
    """An officer has written a finding that is not public yet; of what it says nothing goes into any log."""

    proposal_id: int
    cycle_id: int
    prepared_id: int
    needs_second: bool
