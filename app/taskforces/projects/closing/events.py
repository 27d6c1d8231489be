"""What can have happened to a project once it is built."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.projects.closing.rules import CheckKind, Works


@dataclass(frozen=True, kw_only=True)
class ProjectCompleted(Event):
    """Both sides have signed that a project does what was promised, what is left has days, and its report is out."""

    project_id: int
    agreement_id: int
    snags: int
    confirm_on: date
    check_on: date


@dataclass(frozen=True, kw_only=True)
class SnagFixed(Event):
    """Something that was left at completion is put right."""

    project_id: int
    snag_id: int
    fixed_on: date
    how: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ProjectLookedAtAgain(Event):
    """A completed project was looked at again; with the second look it is evaluated."""

    project_id: int
    check_id: int
    kind: CheckKind
    works: Works
    is_evaluated: bool
    found: str = free_text()
