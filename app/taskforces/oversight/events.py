"""What can have happened in oversight."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class StatementPublished(Event):
    """An overseer said in public what they found."""

    statement_id: int
    neighborhood_id: int
    project_id: int | None
    task_force_id: int | None
    reply_due_on: date | None
    title: str = free_text()


@dataclass(frozen=True, kw_only=True)
class RecommendationReplied(Event):
    """A recommendation of oversight was replied to."""

    statement_id: int
    neighborhood_id: int
