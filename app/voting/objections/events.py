"""What can have happened to an objection."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.voting.objections.rules import Ending


@dataclass(frozen=True, kw_only=True)
class ObjectionRaised(Event):
    """Somebody objected to a certified result."""

    cycle_id: int
    objection_id: int
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ObjectionSettled(Event):
    """Two members of the board answered an objection."""

    cycle_id: int
    objection_id: int
    ending: Ending
    answer: str = free_text()
