"""What can have happened to the stage of a project by a plain step."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.taskforces.projects.rules import ProjectStage


@dataclass(frozen=True, kw_only=True)
class ProjectMoved(Event):
    """A project took its next step; `reason` says why it needed no procurement, where it took none."""

    project_id: int
    was: ProjectStage
    stage: ProjectStage
    reason: str | None = free_text()
