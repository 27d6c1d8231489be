"""The verbs of a task force: propose it, write its charter, constitute it, let it begin, lapse, recover, dissolve."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.places.models import Area, Neighborhood
from app.taskforces import policies, queries, words
from app.taskforces.events import (
    CharterChanged,
    TaskForceBegan,
    TaskForceConstituted,
    TaskForceDissolved,
    TaskForceImpaired,
    TaskForceProposed,
    TaskForceRecovered,
)
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.rules import (
    TAKES_PROJECTS,
    BodyStage,
    Circumstances,
    Impairment,
    is_vacant_too_long,
    slug_of,
    why_not_become,
)
from app.taskforces.seats import queries as seats
from app.taskforces.seats.models import Seat
from app.taskforces.seats.offers.models import SeatOffer
from app.taskforces.seats.offers.rules import Ending
from app.taskforces.seats.services import body_of
from app.taskforces.taking.models import Remit, Taking

RULE_OF_VACANCIES = 6


class HandedOver(Protocol):
    """The news that a task force was given a project."""

    @property
    def actor_id(self) -> int | None: ...
    @property
    def task_force_id(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class WriteCharter:
    """What a task force is called, what it is for and where, and when its charter is looked at again."""

    name: str
    charter: str
    theme: str = ""
    area_id: int | None = None
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DissolveTaskForce:
    """Why it ends, and which task force takes its unfinished projects on."""

    reason: str
    successor_id: int | None = None


def propose(neighborhood_id: int, command: WriteCharter, *, by: Actor) -> TaskForce:
    """Begin a task force with its charter, both its co-chair seats vacant."""
    _ensure_clerk(neighborhood_id, by)
    with transaction():
        where = locked(Neighborhood, neighborhood_id)
        if where is None:
            raise NotFound
        on = today(where.time_zone)
        _ensure_charter(neighborhood_id, command, on)
        taken = set(db.session.scalars(sa.select(TaskForce.slug)))
        body = TaskForce(
            neighborhood_id=where.id,
            slug=slug_of(command.name, taken),
            name=command.name,
            charter=command.charter,
            theme=command.theme,
            area_id=command.area_id,
            review_on=command.review_on,
            stage=BodyStage.PROPOSED,
            stage_since=on,
            proposed_on=on,
        )
        db.session.add(body)
        db.session.flush()
        told: dict[str, Any] = {"neighborhood_id": where.id, "slug": body.slug}
        publish(TaskForceProposed(actor_id=by.id, task_force_id=body.id, **told, **_charter(body)))
    return body


def write_charter(task_force_id: int, command: WriteCharter, *, by: Actor) -> None:
    """Change the charter of a task force while it is only proposed; the co-chairs accept the one that stands."""
    with transaction():
        body = _kept(task_force_id, by)
        stands = _("The charter stands once a task force is constituted.")
        ensure(body.stage is BodyStage.PROPOSED, "constituted", stands)
        _ensure_charter(body.neighborhood_id, command, _today(body))
        body.name, body.charter, body.theme = command.name, command.charter, command.theme
        body.area_id, body.review_on = command.area_id, command.review_on
        publish(CharterChanged(actor_id=by.id, task_force_id=body.id, **_charter(body)))


def constitute(task_force_id: int, *, by: Actor) -> TaskForce:
    """Make a proposed task force one that can take on projects: both co-chairs have accepted, its charter is public."""
    with transaction():
        body = _kept(task_force_id, by)
        _ensure_step(body, BodyStage.CONSTITUTED)
        body.constituted_on = _today(body)
        _go(body, BodyStage.CONSTITUTED, body.constituted_on)
        facts: dict[str, Any] = {"neighborhood_id": body.neighborhood_id, "slug": body.slug, "charter": body.charter}
        publish(TaskForceConstituted(actor_id=by.id, task_force_id=body.id, **facts))
    return body


def begin_work(event: HandedOver) -> None:
    """With its first project a constituted task force is at work; with any other nothing changes."""
    with transaction():
        body = locked(TaskForce, event.task_force_id)
        if body is not None and body.stage is BodyStage.CONSTITUTED:
            _go(body, BodyStage.ACTIVE, _today(body))
            publish(TaskForceBegan(actor_id=event.actor_id, task_force_id=body.id))


def impair(task_force_id: int, because: Impairment, *, rule: int | None = None) -> bool:
    """Say that a task force at work cannot work as promised; whether anything changed. The clock and meetings do."""
    with transaction():
        body = body_of(task_force_id)
        return body.stage is BodyStage.ACTIVE and _impaired(body, because, rule, _today(body))


def recover(task_force_id: int, because: Impairment, *, rule: int | None = None) -> bool:
    """Say that what impaired a task force is over; whether anything changed."""
    with transaction():
        body = body_of(task_force_id)
        return body.impaired_by is because and _recovered(body, rule, _today(body))


def lapse(neighborhood_id: int, on: date) -> int:
    """The clock of vacancies (rule 6): how many task forces of a neighborhood it has impaired or restored on a day.

    A co-chair's seat that is vacant for more than 30 days impairs a task force; once both are held it is at work again.
    Each act is a transaction of its own, looks again under its lock, and happens once.
    """
    stages = (BodyStage.ACTIVE, BodyStage.IMPAIRED)
    here = sa.and_(TaskForce.neighborhood_id == neighborhood_id, TaskForce.stage.in_(stages))
    ids = list(db.session.scalars(sa.select(TaskForce.id).where(here).order_by(TaskForce.id)))
    return sum(_lapsed(task_force_id, on) for task_force_id in ids)


def dissolve(task_force_id: int, command: DissolveTaskForce, *, by: Actor) -> None:
    """End a task force: its unfinished projects go to another one, its seats end today."""
    with transaction():
        first = min(task_force_id, command.successor_id or task_force_id)
        if db.session.get(TaskForce, first) is not None:
            body_of(first)  # two task forces are always locked in the order of their ids
        body = _kept(task_force_id, by)
        said = _("Please say why, in a sentence that everybody can read.")
        ensure(len(command.reason.strip()) >= 20, "no_reason", said, field="reason")
        successor = _successor(body, command.successor_id)
        _ensure_step(body, BodyStage.DISSOLVED, has_successor=successor is not None)
        was, project_ids = body.stage, tuple(queries.unfinished(body.id))
        _pass_on(body, project_ids, successor)
        ended = _end_seats(body, by)
        _go(body, BodyStage.DISSOLVED, _today(body))
        body.successor_id = command.successor_id
        publish(
            TaskForceDissolved(
                actor_id=by.id,
                task_force_id=body.id,
                was=was,
                successor_id=body.successor_id,
                project_ids=project_ids,
                seat_ids=ended,
                reason=command.reason,
            )
        )


def _lapsed(task_force_id: int, on: date) -> bool:
    with transaction():
        body = body_of(task_force_id)
        since = body.constituted_on or body.proposed_on
        chairs = seats.chairs({body.id: since}, on)[body.id]
        if body.stage is BodyStage.ACTIVE and any(is_vacant_too_long(chair.vacant_since, on) for chair in chairs):
            return _impaired(body, Impairment.VACANCY, RULE_OF_VACANCIES, on)
        held = all(chair.holder is not None for chair in chairs)
        return body.impaired_by is Impairment.VACANCY and held and _recovered(body, RULE_OF_VACANCIES, on)


def _impaired(body: TaskForce, because: Impairment, rule: int | None, on: date) -> bool:
    _go(body, BodyStage.IMPAIRED, on, because)
    publish(TaskForceImpaired(actor_id=None, task_force_id=body.id, because=because, rule=rule))
    return True


def _recovered(body: TaskForce, rule: int | None, on: date) -> bool:
    because = body.impaired_by
    assert because is not None
    _go(body, BodyStage.ACTIVE, on)
    publish(TaskForceRecovered(actor_id=None, task_force_id=body.id, because=because, rule=rule))
    return True


def _go(body: TaskForce, to: BodyStage, on: date, because: Impairment | None = None) -> None:
    body.stage, body.stage_since, body.impaired_by = to, on, because
    db.session.flush()


def _pass_on(body: TaskForce, project_ids: tuple[int, ...], successor: TaskForce | None) -> None:
    """Projects that are not over go to the successor, and so does what it was for by default."""
    if successor is None:
        for kind in (Remit, Taking):
            db.session.execute(sa.delete(kind).where(kind.task_force_id == body.id))
        return
    db.session.execute(sa.update(Project).where(Project.id.in_(project_ids)).values(task_force_id=successor.id))
    for kind in (Remit, Taking):
        db.session.execute(sa.update(kind).where(kind.task_force_id == body.id).values(task_force_id=successor.id))


def _end_seats(body: TaskForce, by: Actor) -> tuple[int, ...]:
    """Every term that is running ends today, one that has not begun on its first day; the ids of those that did."""
    waiting = sa.update(SeatOffer).where(SeatOffer.task_force_id == body.id, SeatOffer.ending.is_(None))
    db.session.execute(waiting.values(ending=Ending.TAKEN_BACK, ended_at=now(), ended_by_id=by.id))
    on = _today(body)
    lasting = sa.or_(Seat.ends_on.is_(None), Seat.ends_on > on)
    found = list(db.session.scalars(sa.select(Seat).where(Seat.task_force_id == body.id, lasting).order_by(Seat.id)))
    for seat in found:
        seat.ends_on = max(seat.starts_on, on)
    db.session.flush()
    return tuple(seat.id for seat in found)


def _successor(body: TaskForce, successor_id: int | None) -> TaskForce | None:
    if successor_id is None:
        return None
    found = locked(TaskForce, successor_id)
    here = found is not None and found.id != body.id and found.neighborhood_id == body.neighborhood_id
    able = found is not None and found.stage in TAKES_PROJECTS
    message = _("Choose a task force of this neighborhood that can take on projects.")
    ensure(here and able, "foreign", message, field="successor_id")
    return found


def _kept(task_force_id: int, by: Actor) -> TaskForce:
    body = body_of(task_force_id)
    _ensure_clerk(body.neighborhood_id, by)
    return body


def _charter(body: TaskForce) -> dict[str, Any]:
    return {"area_id": body.area_id, "review_on": body.review_on, "charter": body.charter}


def _ensure_clerk(neighborhood_id: int, by: Actor) -> None:
    allowed = policies.may_constitute(by, neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here can set up, constitute or dissolve a task force."))


def _ensure_charter(neighborhood_id: int, command: WriteCharter, on: date) -> None:
    area = db.session.get(Area, command.area_id) if command.area_id is not None else None
    here = command.area_id is None or (area is not None and area.neighborhood_id == neighborhood_id)
    ensure(here, "foreign", _("Choose an area of this neighborhood."), field="area_id")
    later = command.review_on is None or command.review_on > on
    ensure(later, "in_the_past", _("Choose a day to come."), field="review_on")


def _ensure_step(body: TaskForce, to: BodyStage, *, has_successor: bool = False) -> None:
    facts: Circumstances = queries.circumstances(body, _today(body), has_successor=has_successor)
    reason = why_not_become(body.stage, to, facts)
    if reason is not None:
        ensure(False, reason.value, str(words.WHY_NOT[reason]))


def _today(body: TaskForce) -> date:
    return today(body.neighborhood.time_zone)
