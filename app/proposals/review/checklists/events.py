"""What can have happened to a checklist."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ChecklistChanged(Event):
    """A clerk put other questions for a kind of project; none at all means those of every kind."""

    category_id: int
    questions: tuple[str, ...]
