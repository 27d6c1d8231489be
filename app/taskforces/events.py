"""What can have happened to a task force."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class TaskForceConstituted(Event):
    """A task force has its charter and can take on projects."""

    task_force_id: int
    neighborhood_id: int
    slug: str
    charter: str = free_text()
