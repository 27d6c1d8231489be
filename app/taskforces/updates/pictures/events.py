"""What can have happened to a picture of an update."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.taskforces.updates.pictures.rules import People


@dataclass(frozen=True, kw_only=True)
class UpdatePictureAdded(Event):
    """A draft has one more picture."""

    project_id: int
    draft_id: int
    picture_id: int
    people: People
    words: str = free_text()


@dataclass(frozen=True, kw_only=True)
class UpdatePictureDescribed(Event):
    """Other words say what it shows."""

    project_id: int
    draft_id: int
    picture_id: int
    words: str = free_text()


@dataclass(frozen=True, kw_only=True)
class UpdatePictureRemoved(Event):
    """It was taken out of a draft, and its file is gone."""

    project_id: int
    draft_id: int
    picture_id: int


@dataclass(frozen=True, kw_only=True)
class UpdatePictureTakenDown(Event):
    """A public picture is gone, and the reason stands in its place."""

    project_id: int
    update_id: int
    picture_id: int
    reason: str = free_text()
