"""Reading what waits for a co-chair, over all their task forces: every room is asked once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.access import Actor
from app.core.clock import today
from app.core.moments import day_in
from app.taskforces.agenda.rules import Due, Item, Todo, of_project, oldest_first
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.queries import Waiting
from app.taskforces.meetings.rules import Todo as MeetingTodo
from app.taskforces.oversight import queries as oversight
from app.taskforces.projects import queries as projects
from app.taskforces.projects.claims import queries as claims
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.promises.rules import MilestoneStage
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import ENDED
from app.taskforces.questions.lists import queries as questions
from app.taskforces.questions.rules import Act as QuestionAct
from app.taskforces.seats import queries as seats
from app.taskforces.seats.queries import Signer
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.signing import queries as signing
from app.taskforces.signing.rules import MatterKind
from app.taskforces.signing.services import told
from app.taskforces.signing.words import MATTERS, brief
from app.taskforces.updates.drafts import queries as drafts

LATER = timedelta(days=1)
"""What is due on a day is overdue for everybody on the next."""
OF_MEETINGS: Mapping[MeetingTodo, Todo] = {
    MeetingTodo.ANNOUNCE: Todo.ANNOUNCE,
    MeetingTodo.NAME_NEW_DATE: Todo.NEW_DATE,
    MeetingTodo.END: Todo.END_MEETING,
    MeetingTodo.DRAFT_MINUTES: Todo.DRAFT_MINUTES,
    MeetingTodo.APPROVE_MINUTES: Todo.APPROVE_MINUTES,
    MeetingTodo.FINISH_ACTION: Todo.ACT,
    MeetingTodo.REVIEW_DECISION: Todo.REVIEW,
}
OF_SECRETARIES = frozenset({MeetingTodo.END, MeetingTodo.DRAFT_MINUTES})


@dataclass(frozen=True, kw_only=True)
class Led:
    """What somebody leads as a co-chair: their task forces, for which side each, and the projects of these.

    `stands_in` are the task forces where they sign as a deputy, since the co-chair is away or may not; `sits_in` all in
    which they have a seat, `writes_for` those whose secretary they are. `today` is the day it is there, whatever day it
    is in Greenwich: people read this page in the evening.
    """

    actor: Actor
    sides: Mapping[int, Side]
    projects: tuple[ProjectCard, ...]
    stands_in: tuple[int, ...]
    sits_in: tuple[int, ...]
    writes_for: tuple[int, ...]
    today: date

    @property
    def task_force_ids(self) -> tuple[int, ...]:
        """The task forces they co-chair."""
        return tuple(self.sides)

    @property
    def signing(self) -> tuple[int, ...]:
        """The task forces for which they sign, as co-chair or standing in for one."""
        return (*self.sides, *self.stands_in)

    @property
    def running(self) -> tuple[ProjectCard, ...]:
        """The projects that have not ended."""
        return tuple(card for card in self.projects if card.stage not in ENDED)


def led_by(actor: Actor) -> Led:
    """The task forces somebody co-chairs today, those where they stand in as a deputy, and their projects."""
    held = [seat for seat in seats.held_by(actor.id, today() - LATER) if seat.holds(today(seat.time_zone))]
    on = today(held[0].time_zone) if held else today()
    sides = {seat.task_force_id: seat.side for seat in held if seat.kind is SeatKind.CO_CHAIR}
    deputy = [seat.task_force_id for seat in held if seat.kind is SeatKind.DEPUTY]
    standing = seats.signers(deputy, on) if deputy else []
    stands_in = tuple(each.task_force_id for each in standing if each.person_id == actor.id and each.as_deputy)
    sits_in = tuple(dict.fromkeys(seat.task_force_id for seat in held))
    return Led(
        actor=actor,
        sides=sides,
        projects=tuple(projects.of_task_forces(*sits_in)) if sits_in else (),
        stands_in=stands_in,
        sits_in=sits_in,
        writes_for=tuple(seat.task_force_id for seat in held if seat.kind is SeatKind.SECRETARY),
        today=on,
    )


def waiting(led: Led) -> list[Item]:
    """Everything that waits for this co-chair, what has waited longest first.

    For a deputy, what they sign; for a secretary, the meetings they write about; for whoever has a seat, what they took
    on in a meeting and the questions they were given.
    """
    sources = [_signatures, _claims]
    if led.task_force_ids:
        sources += [_drafts, _recommendations, _of_projects, _setbacks]
    if led.sits_in:
        sources += [_questions, _meetings]
    return oldest_first(item for source in sources for item in source(led))


def _signatures(led: Led) -> Iterator[Item]:
    for each in signing.waiting(led.actor.id, led.today):
        row = each.agreement
        yield Item(
            todo=Todo.SIGN,
            about=row.project_title or row.task_force,
            what=" · ".join(filter(None, (str(MATTERS[row.kind]), brief(told(row))))),
            since=day_in(row.time_zone, each.since),
            due_on=each.due_on,
            changes_on=each.due_on + LATER,
            at={"agreement_id": row.id},
        )


def _drafts(led: Led) -> Iterator[Item]:
    zones = {card.id: card.time_zone for card in led.projects}
    for row in drafts.waiting(led.task_force_ids):
        yield Item(
            todo=Todo.CHECK_UPDATE,
            about=row.project_title,
            since=day_in(zones.get(row.project_id, "UTC"), row.since),
            due_on=row.due_on,
            changes_on=row.due_on,
            at={"project_id": row.project_id, "draft_id": row.draft_id},
        )


def _recommendations(led: Led) -> Iterator[Item]:
    for row in oversight.waiting_for(led.task_force_ids):
        assert row.reply_due_on is not None  # a recommendation has its day
        yield Item(
            todo=Todo.REPLY,
            about=row.project or row.task_force or row.neighborhood,
            what=row.title,
            since=day_in(row.time_zone, row.published_at),
            due_on=row.reply_due_on,
            changes_on=row.reply_due_on + LATER,
            at={"statement_id": row.id},
        )


def _of_projects(led: Led) -> Iterator[Item]:
    chaired = [card for card in led.projects if card.task_force_id in led.sides]
    milestones = promises.milestones_by_project([card.id for card in chaired], led.today) if chaired else {}
    for card in chaired:
        rows = {row.id: row for row in milestones.get(card.id, [])}
        dates = [(row.id, row.dates) for row in rows.values() if row.stage is not MilestoneStage.CLAIMED]
        for due in of_project(card.standing, card.verdict, dates, today(card.time_zone)):
            yield _of_project(card, due, rows.get(due.milestone_id))


def _of_project(card: ProjectCard, due: Due, milestone: MilestoneRow | None) -> Item:
    at: dict[str, int | str] = {"project_id": card.id}
    if due.todo is Todo.EXPLAIN:
        at["milestone_id"] = due.milestone_id
    elif due.todo is Todo.DUE:
        at["_anchor"] = "milestones"
    return Item(
        todo=due.todo,
        about=card.title,
        what=milestone.title if milestone else "",
        since=due.since,
        due_on=due.due_on,
        changes_on=due.changes_on,
        at=at,
    )


def _claims(led: Led) -> Iterator[Item]:
    rows = claims.waiting(led.signing) if led.signing else []
    cards = {card.id: card for card in led.projects}
    mine = {(each.task_force_id, each.side) for each in _signing(led)} if rows else set()
    for row in rows:
        if (row.task_force_id, row.side) in mine:
            yield Item(
                todo=Todo.VERIFY,
                about=row.project,
                what=row.milestone,
                since=day_in(cards[row.project_id].time_zone, row.since),
                due_on=row.due_on,
                at={"project_id": row.project_id, "milestone_id": row.milestone_id},
            )


def _signing(led: Led) -> Iterator[Signer]:
    found = seats.signers(led.signing, led.today)
    return (each for each in found if each.person_id == led.actor.id)


def _setbacks(led: Led) -> Iterator[Item]:
    for each in setbacks.waiting(led.task_force_ids, led.today):
        row = each.setback
        mine = led.sides.get(row.task_force_id or 0)
        if each.side in (None, mine):
            yield Item(
                todo=Todo.VERIFY_STEP if each.action else Todo.PUT_RIGHT,
                about=row.project_title or row.task_force or row.neighborhood,
                what=each.action.step if each.action else row.title,
                since=each.since_on,
                due_on=each.due_on,
                changes_on=each.due_on + LATER,
                at={"setback_id": row.id},
            )


def _questions(led: Led) -> Iterator[Item]:
    for each in questions.waiting(led.actor).items:
        if not led.sides and each.act is not QuestionAct.ANSWER:
            continue  # what an officer reads at the desk waits there
        yield Item(
            todo=Todo.ANSWER if each.act is QuestionAct.ANSWER else Todo.PASS_ON,
            about=each.row.about,
            what=each.row.code,
            since=each.since,
            due_on=each.row.due_on,
            changes_on=each.row.due_on + LATER,
            at={"number": each.row.number},
        )


def _meetings(led: Led) -> Iterator[Item]:
    found = [each for each in meetings.waiting(led.sits_in, led.today) if _is_theirs(led, each)]
    asked = _asked_to_sign(led, found)
    for each in found:
        if each.todo is not MeetingTodo.APPROVE_MINUTES or each.meeting_id not in asked:
            at: dict[str, int | str] = {"meeting_id": each.meeting_id}
            if each.todo is MeetingTodo.FINISH_ACTION and each.outcome_id is not None:
                at = {"outcome_id": each.outcome_id}
            yield Item(
                todo=OF_MEETINGS[each.todo],
                about=each.meeting_code,
                what=each.what,
                since=each.since_on,
                due_on=each.due_on,
                changes_on=each.due_on + LATER if each.due_on else None,
                at=at,
            )


def _is_theirs(led: Led, each: Waiting) -> bool:
    """What somebody took on waits for them; the rest for co-chairs, and what is to be written for a secretary, too."""
    if each.owner_id is not None:
        return each.owner_id == led.actor.id
    written = each.todo in OF_SECRETARIES and each.task_force_id in led.writes_for
    return written or each.task_force_id in led.sides


def _asked_to_sign(led: Led, found: Iterable[Waiting]) -> set[int]:
    """The meetings whose minutes both sides are asked to sign: that waits as a signature, and not twice."""
    if all(each.todo is not MeetingTodo.APPROVE_MINUTES for each in found):
        return set()
    rows = signing.open_of(led.task_force_ids)
    return {int(row.payload["meeting_id"]) for row in rows if row.kind is MatterKind.MINUTES}
