"""What can have happened when residents are asked; never an answer, nor who gave one at a moment."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class ResidentConfirmed(Event):
    """A resident answered whether a project works."""

    project_id: int


@dataclass(frozen=True, kw_only=True)
class ConfirmationsCounted(Event):
    """A clerk counted the answers that came in on paper."""

    project_id: int
    paper_id: int
    how: str = free_text()
