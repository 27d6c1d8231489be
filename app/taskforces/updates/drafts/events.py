"""What can have happened to an update before it was public."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class UpdateDrafted(Event):
    """Somebody who sits in the task force began to write an update."""

    project_id: int
    draft_id: int
    what_changed: str = free_text()


@dataclass(frozen=True, kw_only=True)
class UpdateDraftChanged(Event):
    """Its words were changed before anybody else could read them."""

    project_id: int
    draft_id: int
    edition: int
    what_changed: str = free_text()


@dataclass(frozen=True, kw_only=True)
class UpdateHandedIn(Event):
    """It waits for a co-chair, and is public on a day if none of them acts."""

    project_id: int
    draft_id: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class UpdateTakenBack(Event):
    """Its writer took it back before a co-chair had acted."""

    project_id: int
    draft_id: int


@dataclass(frozen=True, kw_only=True)
class UpdateSentBack(Event):
    """A co-chair gave it back to its writer and said why."""

    project_id: int
    draft_id: int
    note: str = free_text()


@dataclass(frozen=True, kw_only=True)
class UpdateThrownAway(Event):
    """It is gone, and nobody outside has read it."""

    project_id: int
    draft_id: int
