"""What can have happened to a setback; `project_id` is None where it belongs to a task force as a whole."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks.actions.rules import Finding
from app.taskforces.setbacks.rules import SetbackStage, Severity, Source


@dataclass(frozen=True, kw_only=True)
class SetbackReported(Event):
    """Somebody said what went wrong, or a rule opened it (its number in the domain); the task force has until a day.

    `task_force_id` is whose it is to deal with, `chair_ids` who chairs it that day. What a stranger wrote is not told.
    """

    setback_id: int
    task_force_id: int
    chair_ids: tuple[int, ...]
    project_id: int | None
    source: Source
    stage: SetbackStage
    due_on: date
    rule: int | None = None
    title: str | None = free_text()


@dataclass(frozen=True, kw_only=True)
class SetbackAcknowledged(Event):
    """The task force said in its own words what happened, and how bad it is."""

    setback_id: int
    project_id: int | None
    severity: Severity
    due_on: date
    title: str = free_text()


@dataclass(frozen=True, kw_only=True)
class SetbackAnalysed(Event):
    """The task force found what caused it."""

    setback_id: int
    project_id: int | None
    root_causes: tuple[str, ...]
    cause: str = free_text()


@dataclass(frozen=True, kw_only=True)
class SetbackPlanAgreed(Event):
    """Both sides agreed on what is done about it."""

    setback_id: int
    project_id: int | None
    agreement_id: int
    plan: int
    actions: int
    check_on: date


@dataclass(frozen=True, kw_only=True)
class SetbackAccepted(Event):
    """Both sides agreed to live with it, for a reason, until it is looked at again."""

    setback_id: int
    project_id: int | None
    agreement_id: int
    review_on: date


@dataclass(frozen=True, kw_only=True)
class SetbackTakenUp(Event):
    """An accepted setback is not accepted any more."""

    setback_id: int
    project_id: int | None
    due_on: date


@dataclass(frozen=True, kw_only=True)
class EffectChecked(Event):
    """One side measured whether the plan helped."""

    setback_id: int
    project_id: int | None
    plan: int
    helped: bool
    side: Side
    measured: str = free_text()


@dataclass(frozen=True, kw_only=True)
class SetbackConcluded(Event):
    """The other side concluded from what was measured: it is resolved, or needs another plan."""

    setback_id: int
    project_id: int | None
    stage: SetbackStage
    concluded_on: date


@dataclass(frozen=True, kw_only=True)
class CorrectiveActionBegun(Event):
    """Somebody began to do what was agreed."""

    setback_id: int
    project_id: int | None
    action_id: int


@dataclass(frozen=True, kw_only=True)
class CorrectiveActionClaimed(Event):
    """One side says that it is done, and how anybody can see it."""

    setback_id: int
    project_id: int | None
    action_id: int
    side: Side
    verify_by: date
    claim: str = free_text()


@dataclass(frozen=True, kw_only=True)
class CorrectiveActionVerified(Event):
    """The other side looked."""

    setback_id: int
    project_id: int | None
    action_id: int
    side: Side
    finding: Finding
    found: str = free_text()
