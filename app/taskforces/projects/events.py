"""What can have happened to a project."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.projects.rules import ForecastReason, ProjectStage


@dataclass(frozen=True, kw_only=True)
class ProjectOpened(Event):
    """A funded option became a project."""

    project_id: int
    proposal_id: int
    cycle_id: int
    allocated_cents: int


@dataclass(frozen=True, kw_only=True)
class ProjectHandedOver(Event):
    """A task force answers for a project from now on, and an organization leads the work."""

    project_id: int
    task_force_id: int
    lead: str = free_text()


@dataclass(frozen=True, kw_only=True)
class MilestonePlanned(Event):
    """A milestone was added to the plan, before the baseline was set."""

    project_id: int
    milestone_id: int
    baseline_on: date


@dataclass(frozen=True, kw_only=True)
class MilestoneDropped(Event):
    """A milestone was taken out of the plan, before the baseline was set."""

    project_id: int
    milestone_id: int


@dataclass(frozen=True, kw_only=True)
class BaselineSet(Event):
    """The promise stands: so many milestones, the last on a day. From now on only forecasts move."""

    project_id: int
    milestones: int
    finish_on: date


@dataclass(frozen=True, kw_only=True)
class ProjectMoved(Event):
    """A project took its next step."""

    project_id: int
    was: ProjectStage
    stage: ProjectStage


@dataclass(frozen=True, kw_only=True)
class ForecastChanged(Event):
    """A milestone is now expected on another day, for a reason residents can read."""

    project_id: int
    milestone_id: int
    old_on: date
    new_on: date
    reason: ForecastReason
    explanation: str = free_text()


@dataclass(frozen=True, kw_only=True)
class MilestoneDone(Event):
    """A milestone was reached on a day, and anybody can see how we know."""

    project_id: int
    milestone_id: int
    actual_on: date
    evidence: str = free_text()
