"""What can have happened to a project that does not simply go on."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.projects.rules import ProjectStage


@dataclass(frozen=True, kw_only=True)
class ProjectPaused(Event):
    """A project rests by the word of both sides: a setback that everybody can read belongs to it."""

    project_id: int
    pause_id: int
    agreement_id: int
    stage_before: ProjectStage
    restart_on: date
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ProjectResumed(Event):
    """A project goes on at the stage where it rested."""

    project_id: int
    pause_id: int
    agreement_id: int
    stage: ProjectStage


@dataclass(frozen=True, kw_only=True)
class ProjectCancelled(Event):
    """A project was given up by both sides and the council's clerk; so much of its money goes back to the pot."""

    project_id: int
    cycle_id: int
    agreement_id: int
    clerk_id: int
    returned_cents: int
    reason: str = free_text()
