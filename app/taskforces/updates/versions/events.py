"""What can have happened to an update in another language."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class UpdateTranslated(Event):
    """Somebody who sits in the task force said a public update in another language, or said it better."""

    project_id: int
    update_id: int
    language: str
    number: int
    what_changed: str = free_text()
