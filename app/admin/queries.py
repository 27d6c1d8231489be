"""What waits in the office: to-dos of the person who looks, and the next step of each cycle."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.accounts.policies import clerk_scope
from app.accounts.queries import residences_waiting
from app.admin import words
from app.admin.rules import TAKEN_AT, CycleCounts, Desk, TakenAt, hindrances
from app.core.access import Actor, Role
from app.core.clock import deadline_now
from app.core.paging import Page
from app.cycles import queries as cycles
from app.cycles.rules import CycleFacts, Stage, next_stage, why_not_yet
from app.cycles.words import why_not_yet as why_not_yet_words
from app.places.queries import NeighborhoodFacts, categories, neighborhoods
from app.proposals import queries as proposals
from app.proposals.discussion.moderation import queries as moderation
from app.proposals.discussion.moderation.policies import OFFICE
from app.proposals.prices import queries as prices
from app.proposals.review import queries as review
from app.proposals.review.publishing import queries as publishing
from app.proposals.review.rules import Heap
from app.proposals.rules import Stage as ProposalStage
from app.proposals.second_looks import queries as second_looks
from app.taskforces import queries as bodies
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
class Waiting:
    """How much waits on a desk of the office, and since when the longest of it; None where no day is kept.

    `until` is the first day on which an author was to answer.
    """

    desk: Desk
    count: int
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ToDos:
    """What waits for the person who looks, without what is none of their business."""

    waiting: tuple[Waiting, ...]
    cycles: tuple[CycleToDo, ...]


def to_dos(actor: Actor) -> ToDos:
    """Everything that waits, in one or two statements for each desk."""
    running = [cycle for cycle in cycles_of(actor) if cycle.stage is not Stage.CLOSED]
    steps = [CycleToDo(cycle=cycle, next=step) for cycle in running if (step := next_step(cycle)) is not None]
    waiting = [*_for_officers(actor), *_for_the_office(actor), *_for_clerks(actor)]
    order = list(Desk)
    return ToDos(waiting=tuple(sorted(waiting, key=lambda each: order.index(each.desk))), cycles=tuple(steps))


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


def _for_officers(actor: Actor) -> Iterator[Waiting]:
    if not actor.holds_anywhere(Role.OFFICER):
        return
    scope = actor.scope(Role.OFFICER)
    for desk, heap in ((Desk.MINE, Heap.MINE), (Desk.REVIEW, Heap.WAITING), (Desk.CHANGES, Heap.CHANGES)):
        yield _queued(desk, review.queue(scope, viewer_id=actor.id, heap=heap))
    second = review.queue(scope, viewer_id=actor.id, heap=Heap.SECOND)
    yield Waiting(desk=Desk.SECOND, count=second.total, since=_first(each.prepared_at for each in second.items))
    looks = second_looks.waiting(scope, viewer_id=actor.id)
    yield Waiting(desk=Desk.LOOKS, count=looks.total, since=_first(each.asked_at for each in looks.items))
    objections = prices.waiting(scope)
    yield Waiting(desk=Desk.PRICES, count=objections.total, since=_first(each.raised_at for each in objections.items))


def _for_the_office(actor: Actor) -> Iterator[Waiting]:
    """What officers and clerks both see to."""
    if not actor.holds_anywhere(*OFFICE):
        return
    scope = actor.scope(*OFFICE)
    unassigned = review.queue(scope, viewer_id=actor.id, heap=Heap.UNASSIGNED)
    yield _queued(Desk.UNASSIGNED, unassigned)
    ready = publishing.ready(scope, viewer_id=actor.id)
    yield Waiting(desk=Desk.READY, count=ready.total, since=_first(each.prepared_at for each in ready.items))
    held = moderation.waiting_since(scope)
    for desk, is_words in ((Desk.WORDS, True), (Desk.REPORTS, False)):
        count, since = held.get(is_words, (0, None))
        yield Waiting(desk=desk, count=count, since=since)


def _for_clerks(actor: Actor) -> Iterator[Waiting]:
    if not actor.holds_anywhere(Role.CLERK):
        return
    count, since = residences_waiting(clerk_scope(actor))
    yield Waiting(desk=Desk.RESIDENCES, count=count, since=since)
    funded = sum(len(projects.without_task_force(where.id)) for where in own_neighborhoods(actor))
    yield Waiting(desk=Desk.PROJECTS, count=funded)
    yield Waiting(desk=Desk.BODIES, count=bodies.to_constitute(actor.scope(Role.CLERK)))


def _queued(desk: Desk, page: Page[review.QueueRow]) -> Waiting:
    if desk is Desk.CHANGES:
        return Waiting(desk=desk, count=page.total, until=_first(each.answer_until for each in page.items))
    return Waiting(desk=desk, count=page.total, since=_first(each.waiting_since for each in page.items))


def _first(moments: Iterator[datetime | None]) -> datetime | None:
    """The earliest of the moments on the first page of a list."""
    return min((each for each in moments if each is not None), default=None)
