"""What can have happened to a milestone, from the plan to the last change of its forecast."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.projects.promises.rules import MilestoneKind
from app.taskforces.projects.rules import ForecastReason


@dataclass(frozen=True, kw_only=True)
class MilestonePlanned(Event):
    """A milestone was added to the plan, before the baseline was set."""

    project_id: int
    milestone_id: int
    kind: MilestoneKind
    baseline_on: date


@dataclass(frozen=True, kw_only=True)
class MilestonesImported(Event):
    """Several milestones were added to the plan from a table."""

    project_id: int
    milestone_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class MilestoneDropped(Event):
    """A milestone was taken out of the plan, before the baseline was set."""

    project_id: int
    milestone_id: int


@dataclass(frozen=True, kw_only=True)
class MilestoneBegun(Event):
    """Work on a milestone began."""

    project_id: int
    milestone_id: int
    begun_on: date


@dataclass(frozen=True, kw_only=True)
class ForecastChanged(Event):
    """A milestone is now expected on another day, for a reason residents can read."""

    project_id: int
    milestone_id: int
    old_on: date
    new_on: date
    reason: ForecastReason
    explanation: str = free_text()
