"""What can have happened to a declared interest."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.interests.rules import Effect


@dataclass(frozen=True, kw_only=True)
class InterestDeclared(Event):
    """Somebody with a seat is close to a project or an organization, for everybody to read."""

    interest_id: int
    person_id: int
    project_id: int | None
    organization_id: int | None
    effect: Effect
    starts_on: date
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class InterestEnded(Event):
    """A declared interest ends on a day; it stays on record."""

    interest_id: int
    person_id: int
    ends_on: date
