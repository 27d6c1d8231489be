"""What can have happened to a second look."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.proposals.second_looks.rules import Outcome


@dataclass(frozen=True, kw_only=True)
class SecondLookAsked(Event):
    """The author of a proposal that was turned down asked for another officer."""

    second_look_id: int
    proposal_id: int
    cycle_id: int
    review_id: int
    asked: str = free_text()


@dataclass(frozen=True, kw_only=True)
class SecondLookAnswered(Event):
    """Another officer looked again."""

    second_look_id: int
    proposal_id: int
    cycle_id: int
    author_id: int
    outcome: Outcome
    answer: str = free_text()
