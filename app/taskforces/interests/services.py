"""Two verbs: declare an interest, and say that it is over."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.taskforces.interests import policies
from app.taskforces.interests.events import InterestDeclared, InterestEnded
from app.taskforces.interests.models import Interest
from app.taskforces.interests.rules import LEAST_WORDS, Effect
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.projects.models import Project
from app.taskforces.seats.models import Seat
from app.taskforces.seats.services import body_of, ensure_filler


@dataclass(frozen=True, kw_only=True)
class DeclareInterest:
    """In which project or organization (one of them), what it is, and what follows from it."""

    project_id: int | None
    organization_id: int | None
    text: str
    effect: Effect


def declare(seat_id: int, command: DeclareInterest, *, by: Actor) -> Interest:
    """Say that the holder of a seat is close to a project or an organization: from today, in all their seats."""
    with transaction():
        seat, body = _held(seat_id, by)
        _ensure_here(command, body)
        short = _("Please say a little more: at least %(n)s characters.", n=LEAST_WORDS)
        ensure(len(command.text.strip()) >= LEAST_WORDS, "too_short", short, field="text")
        row = Interest(
            person_id=seat.person_id,
            project_id=command.project_id,
            organization_id=command.organization_id,
            text=command.text,
            effect=command.effect,
            starts_on=today(body.neighborhood.time_zone),
            declared_by_id=by.id,
            declared_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            InterestDeclared(
                actor_id=by.id,
                interest_id=row.id,
                person_id=row.person_id,
                project_id=row.project_id,
                organization_id=row.organization_id,
                effect=row.effect,
                starts_on=row.starts_on,
                text=row.text,
            )
        )
    return row


def end(interest_id: int, task_force_id: int, *, by: Actor) -> None:
    """Say that an interest of somebody with a seat in this task force is over: it counts to the end of today."""
    with transaction():
        body = body_of(task_force_id)
        ensure_filler(body, by)
        row = locked(Interest, interest_id)
        if row is None or row.person_id not in _people(body):
            raise NotFound
        allowed = policies.may_end(by, neighborhood_id=body.neighborhood_id) and by.id != row.person_id
        ensure_standing(allowed, _("Only another clerk here can say that an interest is over."))
        ensure(row.ends_on is None, "is_over", _("This interest has an end already."))
        row.ends_on = max(row.starts_on, today(body.neighborhood.time_zone))
        publish(InterestEnded(actor_id=by.id, interest_id=row.id, person_id=row.person_id, ends_on=row.ends_on))


def _held(seat_id: int, by: Actor) -> tuple[Seat, TaskForce]:
    found = db.session.get(Seat, seat_id)
    if found is None:
        raise NotFound
    body = body_of(found.task_force_id)
    seat = locked(Seat, seat_id)
    assert seat is not None
    allowed = policies.may_declare(by, person_id=seat.person_id, neighborhood_id=body.neighborhood_id)
    ensure_standing(allowed, _("Only whoever holds this seat, or a clerk here, can declare this."))
    over = seat.ends_on is not None and seat.ends_on < today(body.neighborhood.time_zone)
    ensure(seat.person_id is not None and not over, "not_held", _("Nobody holds this seat any more."))
    return seat, body


def _ensure_here(command: DeclareInterest, body: TaskForce) -> None:
    one = (command.project_id is None) != (command.organization_id is None)
    ensure(one, "one_of_both", _("Choose a project or an organization."), field="about")
    project = db.session.get(Project, command.project_id) if command.project_id is not None else None
    organization = db.session.get(Organization, command.organization_id) if command.organization_id else None
    place = project.cycle.neighborhood_id if project else organization.neighborhood_id if organization else None
    ensure(place == body.neighborhood_id, "foreign", _("Choose one of this neighborhood."), field="about")


def _people(body: TaskForce) -> set[int | None]:
    return {seat.person_id for seat in db.session.query(Seat).where(Seat.task_force_id == body.id)}
