"""What waits in the office: to-dos of the person who looks, and the next step of each cycle."""

from dataclasses import dataclass

from app.accounts.policies import clerk_scope
from app.accounts.queries import residences_waiting
from app.admin import words
from app.admin.rules import TAKEN_AT, CycleCounts, TakenAt, hindrances
from app.core.access import Actor, Role
from app.core.clock import deadline_now
from app.cycles import queries as cycles
from app.cycles.rules import CycleFacts, Stage, next_stage, why_not_yet
from app.cycles.words import why_not_yet as why_not_yet_words
from app.places.queries import NeighborhoodFacts, categories, neighborhoods
from app.proposals import queries as proposals
from app.proposals.discussion.moderation import queries as moderation
from app.proposals.discussion.moderation.policies import OFFICE
from app.proposals.rules import Stage as ProposalStage
from app.taskforces.projects import queries as projects
from app.taskforces.projects.rules import Status

ENDED = (Status.COMPLETED, Status.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class NextStage:
    """The step that comes next in a cycle, where it is taken, and every reason why it cannot be taken yet."""

    to: Stage
    taken_at: TakenAt
    why_not: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CycleToDo:
    """A cycle with its next step."""

    cycle: CycleFacts
    next: NextStage


@dataclass(frozen=True, kw_only=True)
class ToDos:
    """What waits for the person who looks; a number is None where it is none of their business."""

    residences: int | None
    proposals: int | None
    comments: int | None
    projects: int | None
    cycles: tuple[CycleToDo, ...]


def to_dos(actor: Actor) -> ToDos:
    """Everything that waits, most of it in one statement each."""
    is_clerk = actor.holds_anywhere(Role.CLERK)
    scope = clerk_scope(actor)
    running = [cycle for cycle in cycles_of(actor) if cycle.stage is not Stage.CLOSED]
    steps = [CycleToDo(cycle=cycle, next=step) for cycle in running if (step := next_step(cycle)) is not None]
    return ToDos(
        residences=residences_waiting(scope) if is_clerk else None,
        proposals=_proposals_waiting(actor),
        comments=_comments_waiting(actor),
        projects=sum(len(projects.without_task_force(where.id)) for where in own_neighborhoods(actor))
        if is_clerk
        else None,
        cycles=tuple(steps),
    )


def cycles_of(actor: Actor) -> list[CycleFacts]:
    """The cycles a clerk leads or an observer watches, drafts too."""
    return cycles.of_neighborhoods(actor.scope(Role.CLERK, Role.OBSERVER))


def own_neighborhoods(actor: Actor) -> list[NeighborhoodFacts]:
    """The neighborhoods a clerk works for."""
    return [where for where in neighborhoods() if actor.holds(Role.CLERK, where.id)]


def next_step(cycle: CycleFacts) -> NextStage | None:
    """The step that comes next, with the reasons against it; None for a closed cycle."""
    to = next_stage(cycle.stage)
    if to is None:
        return None
    counts = _counts(cycle, to)
    by_date = why_not_yet(cycle, to, deadline_now())
    why_not = [why_not_yet_words(by_date, cycle, to)] if by_date is not None else []
    why_not += [words.hindrance(what, counts) for what in hindrances(to, counts)]
    return NextStage(to=to, taken_at=TAKEN_AT[to], why_not=tuple(why_not))


def _counts(cycle: CycleFacts, to: Stage) -> CycleCounts:
    """Only what the step to `to` depends on is asked of the database."""
    in_stage = proposals.counts(cycle.id) if to is Stage.BALLOT_FIXED else {}
    by_status = projects.totals(cycle.id).by_status if to is Stage.CLOSED else {}
    return CycleCounts(
        categories=len(categories(cycle.neighborhood_id)) if to is Stage.COLLECTING else 0,
        unreviewed=in_stage.get(ProposalStage.SUBMITTED, 0),
        feasible=in_stage.get(ProposalStage.FEASIBLE, 0),
        open_projects=sum(count for status, count in by_status.items() if status not in ENDED),
    )


def _proposals_waiting(actor: Actor) -> int | None:
    if not actor.holds_anywhere(Role.OFFICER):
        return None
    return proposals.waiting_for_review(actor.scope(Role.OFFICER))


def _comments_waiting(actor: Actor) -> int | None:
    if not actor.holds_anywhere(*OFFICE):
        return None
    return moderation.waiting_count(actor.scope(*OFFICE))
