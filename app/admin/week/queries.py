"""Reading what is due in the neighborhoods of a clerk: every room is asked once for each."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.accounts.queries import named_holders
from app.admin.queries import own_neighborhoods
from app.admin.week.rules import Due, DueKind, Week, week_of
from app.core.access import Actor, Role
from app.core.clock import today
from app.core.moments import day_in
from app.cycles import queries as cycles
from app.cycles import words as cycle_words
from app.cycles.rules import CycleFacts, Stage
from app.places.queries import NeighborhoodFacts
from app.reports import words as report_words
from app.reports.duties import queries as reports
from app.taskforces import queries as bodies
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.rules import Todo
from app.taskforces.oversight import queries as oversight
from app.taskforces.queries import TaskForceFacts
from app.taskforces.questions.lists import queries as questions
from app.taskforces.rules import VACANT_DAYS, BodyStage
from app.taskforces.seats import queries as seats
from app.taskforces.seats.nominations import queries as nominations
from app.taskforces.seats.nominations.policies import may_answer
from app.taskforces.seats.rules import SeatKind
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.signing import queries as signing
from app.taskforces.signing.escalating import queries as council
from app.taskforces.signing.paper.queries import sits
from app.taskforces.signing.words import MATTERS
from app.taskforces.spending.tie_outs import queries as tie_outs
from app.taskforces.spending.tie_outs.rules import after, month_of
from app.taskforces.updates.drafts import queries as drafts

QUIET = (Stage.DRAFT, Stage.CLOSED)
PAYS = (Stage.DELIVERING, Stage.CLOSED)
"""The stages of a cycle in which money is paid, so that each month is held against the council's books."""
OF_MEETINGS: Mapping[Todo, DueKind] = {
    Todo.ANNOUNCE: DueKind.MEETING,
    Todo.NAME_NEW_DATE: DueKind.MEETING,
    Todo.END: DueKind.MEETING,
    Todo.DRAFT_MINUTES: DueKind.MINUTES,
    Todo.APPROVE_MINUTES: DueKind.MINUTES,
    Todo.FINISH_ACTION: DueKind.ACTION,
    Todo.REVIEW_DECISION: DueKind.DECISION,
}


def week(actor: Actor) -> Week:
    """What is due within a week wherever this person is a clerk, and what is overdue there."""
    places = own_neighborhoods(actor)
    found = [due for where in places for due in _due_in(where, actor)]
    return week_of([*found, *_of_questions(actor)], today(places[0].time_zone) if places else today())


def _due_in(where: NeighborhoodFacts, actor: Actor) -> Iterator[Due]:
    here = today(where.time_zone)
    working = [body for body in bodies.task_forces(where.id) if body.stage is not BodyStage.DISSOLVED]
    yield from _of_signatures([body.id for body in working])
    yield from _of_council(where.id, here, actor)
    yield from _of_updates([body.id for body in working])
    yield from _of_oversight(where.id)
    yield from _of_seats(where.id, working, here)
    yield from _of_nominations(where.id, here, actor)
    yield from _of_setbacks([body.id for body in working], here)
    yield from _of_meetings(working, here)
    yield from _of_cycles(where, here)
    yield from _of_reports(where, here)


def _of_signatures(ids: list[int]) -> Iterator[Due]:
    for row in signing.open_of(ids) if ids else ():
        if row.is_before_council:
            continue
        about = row.project_title or row.task_force
        yield Due(kind=DueKind.SIGNATURES, about=about, due_on=row.due_on, at={"agreement_id": row.id})


def _of_council(neighborhood_id: int, on: date, actor: Actor) -> Iterator[Due]:
    """What a side took to the council stands under today until its decision is on record, for it takes meetings."""
    for row in council.waiting([neighborhood_id]):
        assert row.council_due_on is not None  # it was asked
        about, last = row.project_title or row.task_force, format_date(row.council_due_on, "medium")
        what = _("%(what)s, until %(day)s at the latest", what=MATTERS[row.kind], day=last)
        known = named_holders(Role.CLERK, neighborhood_id) if sits(row, actor.id) else None
        others = None if known is None else tuple(name for id_, name in known.items() if not sits(row, id_))
        at = {"agreement_id": row.id}
        yield Due(kind=DueKind.COUNCIL, about=about, what=what, due_on=on, at=at, others=others)


def _of_books(cycle: CycleFacts, on: date) -> Iterator[Due]:
    """Each month is held against the council's books until the end of the month after it (domain rule 17)."""
    last = month_of(on) - timedelta(days=1)
    starts = [day_in(cycle.time_zone, phase.starts_at) for phase in cycle.phases]
    first = min(starts, default=last)
    for month in tie_outs.reconciled(cycle.id, first, last).months_missing:
        due_on = after(after(month)) - timedelta(days=1)
        what = format_date(month, "LLLL y")
        yield Due(kind=DueKind.BOOKS, about=cycle.name, what=what, due_on=due_on, at={"cycle_id": cycle.id})


def _of_updates(ids: list[int]) -> Iterator[Due]:
    for row in drafts.waiting(ids) if ids else ():
        at: dict[str, int | str] = {"project_id": row.project_id, "_anchor": "updates"}
        yield Due(kind=DueKind.UPDATE, about=row.project_title, due_on=row.due_on, at=at)


def _of_oversight(neighborhood_id: int) -> Iterator[Due]:
    for row in oversight.waiting(neighborhood_id):
        assert row.reply_due_on is not None  # a recommendation has its day
        about = row.project or row.task_force or row.neighborhood
        at = {"statement_id": row.id}
        yield Due(kind=DueKind.REPLY, about=about, what=row.title, due_on=row.reply_due_on, at=at)


def _of_seats(neighborhood_id: int, working: list[TaskForceFacts], on: date) -> Iterator[Due]:
    slugs = {body.id: body for body in working}
    since = {body.id: body.constituted_on for body in working if body.constituted_on is not None}
    for body_id, chairs in seats.chairs(since, on).items():
        body = slugs[body_id]
        for chair in chairs:
            if chair.kind is SeatKind.CO_CHAIR and chair.vacant_since is not None:
                due_on = chair.vacant_since + timedelta(days=VACANT_DAYS)
                yield Due(kind=DueKind.VACANCY, about=body.name, due_on=due_on, at={"slug": body.slug})
    for seat in seats.running_out([neighborhood_id], on):
        if seat.ends_on is not None and seat.task_force_id in slugs:
            body = slugs[seat.task_force_id]
            yield Due(kind=DueKind.TERM, about=body.name, what=seat.name, due_on=seat.ends_on, at={"slug": body.slug})
    for body in working:
        if body.review_on is not None:
            yield Due(kind=DueKind.CHARTER, about=body.name, due_on=body.review_on, at={"slug": body.slug})


def _of_nominations(neighborhood_id: int, on: date, actor: Actor) -> Iterator[Due]:
    """They have no day: they stand under today until they are answered."""
    for row in nominations.waiting(neighborhood_id):
        at = {"nomination_id": row.id}
        may = may_answer(actor, nominated_by_id=row.nominated_by_id, neighborhood_id=neighborhood_id)
        known = {} if may else named_holders(Role.CLERK, neighborhood_id)
        others = None if may else tuple(name for id_, name in known.items() if id_ != actor.id)
        yield Due(kind=DueKind.NOMINATION, about=row.task_force, what=row.name, due_on=on, at=at, others=others)


def _of_setbacks(ids: list[int], on: date) -> Iterator[Due]:
    for each in setbacks.waiting(ids, on) if ids else ():
        about = each.setback.project_title or each.setback.task_force or each.setback.neighborhood
        what, at = each.action.step if each.action else each.setback.title, {"setback_id": each.setback.id}
        yield Due(kind=DueKind.SETBACK, about=about, what=what, due_on=each.due_on, at=at)


def _of_meetings(working: list[TaskForceFacts], on: date) -> Iterator[Due]:
    names = {body.id: body.name for body in working}
    for each in meetings.waiting(list(names), on) if names else ():
        if each.due_on is not None:
            at = {"meeting_id": each.meeting_id}
            kind, about = OF_MEETINGS[each.todo], names[each.task_force_id]
            yield Due(kind=kind, about=about, what=each.what, due_on=each.due_on, at=at)


def _of_reports(where: NeighborhoodFacts, on: date) -> Iterator[Due]:
    """Each that comes due by itself, and all that are late as one thing: the desk has them all."""
    owed = [each for each in reports.waiting(where, on) if not each.is_on_its_way]
    late = [each.due_on for each in owed if each.due_on is not None and each.due_on < on]
    if late:
        what = ngettext("%(num)s report", "%(num)s reports", len(late))
        yield Due(kind=DueKind.LATE_REPORTS, about=where.name, what=what, due_on=min(late))
    for each in owed:
        if each.due_on is not None and each.due_on >= on:
            at: dict[str, int | str] = {"kind": each.line.kind.value, "subject_id": each.line.subject_id}
            if each.first_on is not None:
                at["first"] = each.first_on.isoformat()
            what = report_words.name_of(each.line)
            yield Due(kind=DueKind.REPORT, about=each.subject, what=what, due_on=each.due_on, at=at)


def _of_questions(actor: Actor) -> Iterator[Due]:
    for each in questions.waiting(actor).items:
        at = {"number": each.row.number}
        yield Due(kind=DueKind.QUESTION, about=each.row.about, what=each.row.code, due_on=each.row.due_on, at=at)


def _of_cycles(where: NeighborhoodFacts, on: date) -> Iterator[Due]:
    for cycle in cycles.of_neighborhoods([where.id]):
        if cycle.stage in PAYS:
            yield from _of_books(cycle, on)
        for phase in cycle.phases if cycle.stage not in QUIET else ():
            ends_on = day_in(where.time_zone, phase.ends_at - timedelta(seconds=1))
            if ends_on >= on:
                what = str(cycle_words.PHASES[phase.kind])
                at = {"cycle_id": cycle.id}
                yield Due(kind=DueKind.PHASE, about=cycle.name, what=what, due_on=ends_on, at=at)
