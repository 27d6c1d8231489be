"""Reading a project for its page: promises, claims, partners, pauses, completion and how it ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.taskforces.projects.baselines import queries as baselines
from app.taskforces.projects.baselines.queries import BaselineRow
from app.taskforces.projects.claims import queries as claims
from app.taskforces.projects.claims.queries import ClaimRow
from app.taskforces.projects.closing import queries as closing
from app.taskforces.projects.closing.queries import CompletionRow, SignedRow
from app.taskforces.projects.closing.rules import Missing, missing
from app.taskforces.projects.partners import queries as partners
from app.taskforces.projects.partners.queries import Behind
from app.taskforces.projects.pausing import queries as pausing
from app.taskforces.projects.pausing.queries import CancellationRow, PauseRow
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import ChangeRow, MilestoneRow
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import FINISHED, ProjectStage
from app.taskforces.seats.rules import Side


class Wait(StrEnum):
    """What waits in a project's own rooms."""

    VERIFY = "verify"
    FIX = "fix"
    LOOK_AGAIN = "look_again"


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A project's own rooms at once; lists are newest first, but milestones in their order."""

    milestones: list[MilestoneRow]
    changes: list[ChangeRow]
    baselines: list[BaselineRow]
    claims: dict[int, list[ClaimRow]]
    behind: Behind
    pauses: list[PauseRow]
    completion: CompletionRow | None
    signed: SignedRow | None
    """What both sides have signed of a completion that waits for its report."""
    cancellation: CancellationRow | None

    @property
    def scope(self) -> str | None:
        """What is promised now, where that is not the ballot's words any more (domain rule 27)."""
        return next((row.scope for row in self.baselines if row.scope), None)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is still to come before a project that is handed over is completed."""
        is_open = sum(row.actual_on is None for row in self.milestones)
        return missing(open_milestones=is_open, is_signed=self.signed is not None)

    @property
    def pause(self) -> PauseRow | None:
        """The pause it rests in, if it does."""
        return next((row for row in self.pauses if row.ended_at is None), None)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits: for which side (None: either), about what, since when, and by which day."""

    wait: Wait
    project_id: int
    project: str
    task_force_id: int
    side: Side | None
    what: str
    about_id: int
    """The milestone to verify, the snag to fix, or 0."""
    since: datetime | None
    due_on: date


def whole(project: ProjectCard, on: date) -> Whole:
    """Everything a project's own rooms know of it, as it stands on a day."""
    return Whole(
        milestones=promises.milestones(project.id, on),
        changes=promises.forecast_changes(project.id),
        baselines=baselines.baselines(project.id),
        claims=claims.claims(project.id),
        behind=partners.behind(project.id),
        pauses=pausing.pauses(project.id),
        completion=closing.completion(project.id) if project.stage in FINISHED else None,
        signed=closing.signed([project.id]).get(project.id) if project.stage is ProjectStage.HANDOVER else None,
        cancellation=pausing.cancellation(project.id) if project.stage is ProjectStage.CANCELLED else None,
    )


def waiting(task_force_ids: Collection[int], on: date) -> list[Waiting]:
    """What waits in the projects of these task forces, the first due first: claims to verify, snags, looks back."""
    found = [
        Waiting(
            wait=Wait.VERIFY,
            project_id=row.project_id,
            project=row.project,
            task_force_id=row.task_force_id,
            side=row.side,
            what=row.milestone,
            about_id=row.milestone_id,
            since=row.since,
            due_on=row.due_on,
        )
        for row in claims.waiting(task_force_ids)
    ]
    found += [
        Waiting(
            wait=Wait.FIX if due.snag_id else Wait.LOOK_AGAIN,
            project_id=due.project_id,
            project=due.project,
            task_force_id=due.task_force_id,
            side=None,
            what=due.check.value if due.check else due.what,
            about_id=due.snag_id or 0,
            since=None,
            due_on=due.due_on,
        )
        for due in closing.waiting(task_force_ids, on)
    ]
    return sorted(found, key=lambda each: (each.due_on, each.project_id, each.about_id))
