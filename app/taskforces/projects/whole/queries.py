"""Reading a project for its page: promises, claims, partners, pauses, completion and how it ended."""

from dataclasses import dataclass
from datetime import date

from app.taskforces.projects.baselines import queries as baselines
from app.taskforces.projects.baselines.queries import BaselineRow
from app.taskforces.projects.claims import queries as claims
from app.taskforces.projects.claims.queries import ClaimRow
from app.taskforces.projects.closing import queries as closing
from app.taskforces.projects.closing.queries import CompletionRow
from app.taskforces.projects.partners import queries as partners
from app.taskforces.projects.partners.queries import Behind
from app.taskforces.projects.pausing import queries as pausing
from app.taskforces.projects.pausing.queries import CancellationRow, PauseRow
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import ChangeRow, MilestoneRow
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import FINISHED, ProjectStage


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
    cancellation: CancellationRow | None

    @property
    def scope(self) -> str | None:
        """What is promised now, where that is not the ballot's words any more (domain rule 27)."""
        return next((row.scope for row in self.baselines if row.scope), None)

    @property
    def pause(self) -> PauseRow | None:
        """The pause it rests in, if it does."""
        return next((row for row in self.pauses if row.ended_at is None), None)


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
        cancellation=pausing.cancellation(project.id) if project.stage is ProjectStage.CANCELLED else None,
    )
