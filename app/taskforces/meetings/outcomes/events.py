"""What can have happened to an outcome."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.meetings.outcomes.rules import ActionState


@dataclass(frozen=True, kw_only=True)
class NoteRecorded(Event):
    """Something that was said is on record."""

    meeting_id: int
    outcome_id: int
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class DecisionRecorded(Event):
    """A motion was voted on."""

    meeting_id: int
    outcome_id: int
    carried: bool
    review_on: date | None
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ActionAgreed(Event):
    """Somebody is to do something by a day."""

    meeting_id: int
    outcome_id: int
    due_on: date
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class OutcomeTakenBack(Event):
    """Something was written down wrongly and taken back in the same session."""

    meeting_id: int
    outcome_id: int


@dataclass(frozen=True, kw_only=True)
class ActionEnded(Event):
    """An action is done, or dropped with a reason."""

    meeting_id: int
    outcome_id: int
    state: ActionState
    ended_on: date
