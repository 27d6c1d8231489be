"""What can have happened to a project."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class ProjectOpened(Event):
    """A funded option became a project."""

    project_id: int
    proposal_id: int
    cycle_id: int
    allocated_cents: int


@dataclass(frozen=True, kw_only=True)
class ProjectHandedOver(Event):
    """A task force answers for a project from now on; an organization leads the work and somebody manages it."""

    project_id: int
    task_force_id: int
    lead: str = free_text()
    manager: str = free_text()
