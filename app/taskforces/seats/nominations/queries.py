"""Reading nominations; the address of whoever was named is a question of its own, which only clerks ask."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.moments import day_in
from app.core.paging import Page, page_of
from app.places.models import Neighborhood
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.seats import queries as seats
from app.taskforces.seats.nominations.models import Nomination
from app.taskforces.seats.nominations.rules import Ending
from app.taskforces.seats.offers.models import SeatOffer
from app.taskforces.seats.offers.rules import Ending as OfferEnding
from app.taskforces.seats.rules import SeatKind, Side

PAGE_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class NominationFacts:
    """A nomination, for the co-chair of its side and for clerks; `offer_ending` is what came of the offer, if any."""

    id: int
    task_force: str
    task_force_slug: str
    neighborhood_id: int
    kind: SeatKind
    side: Side
    name: str
    organization_id: int | None
    organization: str | None
    reason: str
    nominated_by_id: int
    nominated_by: str
    nominated_on: date
    ending: Ending | None
    ended_on: date | None
    refusal: str | None
    offer_id: int | None
    offer_ending: OfferEnding | None


def nomination(nomination_id: int) -> NominationFacts:
    """One nomination; NotFound where there is none."""
    found = db.session.execute(_query().where(Nomination.id == nomination_id)).first()
    if found is None:
        raise NotFound
    return _facts(*found)


def of_task_force(task_force_id: int, side: Side | None, *, number: int) -> Page[NominationFacts]:
    """A page of the nominations of one side of a task force, or of both (None): what waits first, then the newest."""
    query = _query().where(Nomination.task_force_id == task_force_id)
    if side is not None:
        query = query.where(Nomination.side == side)
    order = Nomination.ending.is_not(None), Nomination.id.desc()
    return page_of(query.order_by(*order), number=number, size=PAGE_SIZE, row=_facts)


def waiting(neighborhood_id: int) -> list[NominationFacts]:
    """The nominations in a neighborhood that no clerk has answered, the longest waiting first."""
    open_here = Nomination.ending.is_(None), TaskForce.neighborhood_id == neighborhood_id
    return [_facts(*row) for row in db.session.execute(_query().where(*open_here).order_by(Nomination.id))]


def count_waiting(task_force_id: int, side: Side) -> int:
    """How many nominations of a side wait."""
    query = sa.select(sa.func.count()).select_from(Nomination)
    of_side = Nomination.task_force_id == task_force_id, Nomination.side == side, Nomination.ending.is_(None)
    return db.session.scalar(query.where(*of_side)) or 0


def address_of(nomination_id: int) -> str | None:
    """The address that was given with a name, while the nomination waits; for clerks."""
    return db.session.scalar(sa.select(Nomination.email).where(Nomination.id == nomination_id))


def side_chaired(task_force_id: int, person_id: int, on: date) -> Side | None:
    """The side of a task force that somebody leads on a day; None where they do not."""
    chairs = seats.co_chairs([task_force_id], on)
    return next((seat.side for seat in chairs if seat.person_id == person_id), None)


def _query() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Nomination,
            TaskForce.name,
            TaskForce.slug,
            Neighborhood.id,
            Neighborhood.time_zone,
            Organization.name,
            Person.public_name,
            SeatOffer.ending,
        )
        .join(TaskForce, TaskForce.id == Nomination.task_force_id)
        .join(Neighborhood, Neighborhood.id == TaskForce.neighborhood_id)
        .join(Person, Person.id == Nomination.nominated_by_id)
        .outerjoin(Organization, Organization.id == Nomination.organization_id)
        .outerjoin(SeatOffer, SeatOffer.id == Nomination.offer_id)
    )


def _facts(
    row: Nomination,
    body: str,
    slug: str,
    neighborhood_id: int,
    zone: str,
    organization: str | None,
    by: str,
    offer_ending: OfferEnding | None,
) -> NominationFacts:
    def day(moment: datetime) -> date:
        return day_in(zone, moment)

    return NominationFacts(
        id=row.id,
        task_force=body,
        task_force_slug=slug,
        neighborhood_id=neighborhood_id,
        kind=row.kind,
        side=row.side,
        name=row.name,
        organization_id=row.organization_id,
        organization=organization,
        reason=row.reason,
        nominated_by_id=row.nominated_by_id,
        nominated_by=by,
        nominated_on=day(row.nominated_at),
        ending=row.ending,
        ended_on=day(row.ended_at) if row.ended_at else None,
        refusal=row.refusal,
        offer_id=row.offer_id,
        offer_ending=offer_ending,
    )
