"""Reading offers of seats that wait for an answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.places.models import Neighborhood
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.seats.models import Seat
from app.taskforces.seats.offers.models import SeatOffer
from app.taskforces.seats.offers.rules import Ending
from app.taskforces.seats.rules import SeatKind, Side, holds


@dataclass(frozen=True, kw_only=True)
class OfferFacts:
    """An offer of a seat, for whoever it was made to and the clerks there."""

    id: int
    task_force_id: int
    task_force: str
    task_force_slug: str
    charter: str
    neighborhood_id: int
    time_zone: str
    kind: SeatKind
    side: Side
    person_id: int
    name: str
    """What the public will read."""
    nominated_by: str
    starts_on: date
    ends_on: date | None
    offered_at: datetime
    ending: Ending | None


def offer(offer_id: int) -> OfferFacts:
    """One offer; NotFound where there is none."""
    found = _rows(SeatOffer.id == offer_id)
    if not found:
        raise NotFound
    return found[0]


def waiting_in(task_force_id: int) -> list[OfferFacts]:
    """The offers of a task force that nobody has answered."""
    return _rows(SeatOffer.task_force_id == task_force_id, SeatOffer.ending.is_(None))


def waiting_for(person_id: int) -> list[OfferFacts]:
    """The offers that wait for somebody's answer."""
    return _rows(SeatOffer.person_id == person_id, SeatOffer.ending.is_(None))


def sits_or_is_asked(person_id: int) -> bool:
    """Whether somebody holds any seat today, or is offered one and has not answered; in one small statement."""
    asked = sa.exists().where(SeatOffer.person_id == person_id, SeatOffer.ending.is_(None))
    query = (
        sa.select(asked.label("asked"), Seat.starts_on, Seat.ends_on, Neighborhood.time_zone)
        .select_from(Person)
        .outerjoin(Seat, Seat.person_id == Person.id)
        .outerjoin(TaskForce, TaskForce.id == Seat.task_force_id)
        .outerjoin(Neighborhood, Neighborhood.id == TaskForce.neighborhood_id)
        .where(Person.id == person_id)
    )
    return any(row.asked or _holds(row.starts_on, row.ends_on, row.time_zone) for row in db.session.execute(query))


def _holds(starts_on: date | None, ends_on: date | None, time_zone: str | None) -> bool:
    """Whether a seat, if there is one, is held today where it is."""
    if starts_on is None or time_zone is None:
        return False
    return holds(starts_on, ends_on, today(time_zone))


def waiting_here(neighborhood_ids: Collection[int]) -> list[OfferFacts]:
    """The offers in these neighborhoods that nobody has answered."""
    return _rows(TaskForce.neighborhood_id.in_(neighborhood_ids), SeatOffer.ending.is_(None))


def _rows(*conditions: sa.ColumnElement[bool]) -> list[OfferFacts]:
    query = (
        sa.select(
            SeatOffer.id,
            SeatOffer.task_force_id,
            TaskForce.name.label("task_force"),
            TaskForce.slug.label("task_force_slug"),
            TaskForce.charter,
            TaskForce.neighborhood_id,
            Neighborhood.time_zone,
            SeatOffer.kind,
            SeatOffer.side,
            SeatOffer.person_id,
            sa.func.coalesce(SeatOffer.shown_as, Person.public_name).label("name"),
            Organization.name.label("nominated_by"),
            SeatOffer.starts_on,
            SeatOffer.ends_on,
            SeatOffer.offered_at,
            SeatOffer.ending,
        )
        .join(TaskForce, TaskForce.id == SeatOffer.task_force_id)
        .join(Neighborhood, Neighborhood.id == TaskForce.neighborhood_id)
        .join(Person, Person.id == SeatOffer.person_id)
        .join(Organization, Organization.id == SeatOffer.organization_id)
        .where(*conditions)
        .order_by(SeatOffer.offered_at, SeatOffer.id)
    )
    return [OfferFacts(**row._mapping) for row in db.session.execute(query)]
