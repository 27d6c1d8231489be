"""Reading what waits in the seats of task forces, for whoever has a seat there and for clerks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.moments import day_in
from app.taskforces import queries as bodies
from app.taskforces.queries import TaskForceFacts
from app.taskforces.rules import VACANT_DAYS, BodyStage
from app.taskforces.seats import queries as seats
from app.taskforces.seats.offers import queries as offers
from app.taskforces.seats.rules import ENDS_SOON, SeatKind, Side
from app.taskforces.seats.waiting.rules import Wait


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that waits: in which task force, for whom (None: the clerks), since when, and due when if ever.

    `due_on` of a vacancy is the last day before it impairs the task force (rule 6); of a term its last day.
    """

    kind: Wait
    body: TaskForceFacts
    person_id: int | None
    since: date
    due_on: date | None
    name: str | None = None
    seat: tuple[SeatKind, Side] | None = None
    offer_id: int | None = None


def waiting(neighborhood_ids: Collection[int], on: date) -> list[Waiting]:
    """What waits in the seats of these neighborhoods on a day, what is due first first, in four statements."""
    here = {body.id: body for body in bodies.task_forces() if body.neighborhood_id in neighborhood_ids}
    found = [*_offers(here), *_chairs(here, on), *_terms(here, on), *_charters(here, on)]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.since))


def waiting_for(person_id: int, on: date) -> list[Waiting]:
    """What waits for one person: seats that are offered to them, and their own terms that come to an end."""
    here = {body.id: body for body in bodies.task_forces()}
    found = [*_offers(here), *_terms(here, on)]
    return [one for one in found if one.person_id == person_id]


def _offers(here: dict[int, TaskForceFacts]) -> list[Waiting]:
    found = offers.waiting_here({body.neighborhood_id for body in here.values()})
    return [
        Waiting(
            kind=Wait.OFFER,
            body=here[each.task_force_id],
            person_id=each.person_id,
            since=day_in(each.time_zone, each.offered_at),
            due_on=None,
            name=each.name,
            seat=(each.kind, each.side),
            offer_id=each.id,
        )
        for each in found
        if each.task_force_id in here
    ]


def _chairs(here: dict[int, TaskForceFacts], on: date) -> list[Waiting]:
    """Vacant seats of co-chairs; a proposed task force whose two are held waits to be constituted."""
    held = seats.chairs({body.id: body.constituted_on for body in here.values()}, on)
    found = []
    for body in here.values():
        empty = [chair for chair in held[body.id] if chair.vacant_since is not None]
        for chair in empty:
            since = chair.vacant_since or on
            seat = (chair.kind, chair.side)
            due_on = None if body.stage is BodyStage.PROPOSED else since + timedelta(days=VACANT_DAYS)
            found.append(Waiting(kind=Wait.VACANCY, body=body, person_id=None, since=since, due_on=due_on, seat=seat))
        if body.stage is BodyStage.PROPOSED and not empty:
            last = max(chair.holder.starts_on for chair in held[body.id] if chair.holder is not None)
            found.append(Waiting(kind=Wait.CONSTITUTING, body=body, person_id=None, since=last, due_on=None))
    return found


def _terms(here: dict[int, TaskForceFacts], on: date) -> list[Waiting]:
    found = seats.running_out({body.neighborhood_id for body in here.values()}, on)
    return [
        Waiting(
            kind=Wait.TERM,
            body=here[row.task_force_id],
            person_id=row.person_id,
            since=max(row.starts_on, row.ends_on - ENDS_SOON),
            due_on=row.ends_on,
            name=row.name,
            seat=(row.kind, row.side),
        )
        for row in found
        if row.ends_on is not None and row.task_force_id in here
    ]


def _charters(here: dict[int, TaskForceFacts], on: date) -> list[Waiting]:
    """Charters whose day of review has come."""
    return [
        Waiting(kind=Wait.CHARTER, body=body, person_id=None, since=body.review_on, due_on=body.review_on)
        for body in here.values()
        if body.review_on is not None and body.review_on <= on
    ]
