"""Task forces, their organizations and seats."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db
from app.places.models import Neighborhood
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.organizations.rules import OrganizationKind
from app.taskforces.rules import BodyStage
from app.taskforces.seats.models import Seat
from app.taskforces.seats.offers.models import SeatOffer
from app.taskforces.seats.rules import SeatKind, Side
from tests.make.people import neighborhood, person
from tests.make.rows import kept, numbers


def task_force(*, where: Neighborhood | None = None, **more: Any) -> TaskForce:
    """A task force without holders of seats."""
    n = next(numbers)
    facts: dict[str, Any] = {
        "neighborhood": where or neighborhood(),
        "slug": f"lighting-{n}",
        "name": f"Lighting {n}",
        "charter": "Light the way home.",
        "theme": "",
        "stage": BodyStage.ACTIVE,
        "stage_since": date(2026, 1, 1),
        "proposed_on": date(2026, 1, 1),
        "constituted_on": date(2026, 1, 1),
    }
    return kept(TaskForce(**facts | more))


def organization(where: Neighborhood, **more: Any) -> Organization:
    """A residents' association of `where`."""
    facts: dict[str, Any] = {"name": f"Residents {next(numbers)}", "kind": OrganizationKind.RESIDENTS}
    return kept(Organization(neighborhood=where, **facts | more))


def co_chair(body: TaskForce, side: Side = Side.COMMUNITY) -> Actor:
    """A new co-chair of `body` for `side`."""
    holder = person()
    seat = Seat(
        task_force=body,
        kind=SeatKind.CO_CHAIR,
        side=side,
        person=holder,
        nominated_by="Residents",
        starts_on=date(2026, 1, 1),
    )
    kept(seat)
    return actor_of(holder)


def seat_of(of: Actor) -> Seat:
    """The seat somebody holds."""
    return db.session.scalars(sa.select(Seat).where(Seat.person_id == of.id)).one()


def seat_offer(body: TaskForce, **more: Any) -> SeatOffer:
    """A co-chair's seat of the community that is offered to somebody new."""
    facts: dict[str, Any] = {
        "kind": SeatKind.CO_CHAIR,
        "side": Side.COMMUNITY,
        "person": person(),
        "organization": organization(body.neighborhood),
        "starts_on": date(2026, 1, 1),
        "offered_by_id": person().id,
        "offered_at": now(),
        "on_paper": False,
    }
    return kept(SeatOffer(task_force=body, **facts | more))


def seated(body: TaskForce, kind: SeatKind, side: Side = Side.COMMUNITY, **more: Any) -> Actor:
    """Somebody new in a seat of `body`."""
    holder = person()
    facts: dict[str, Any] = {"nominated_by": "Residents", "starts_on": date(2026, 1, 1)}
    if kind is SeatKind.YOUTH:
        facts |= {"shown_as": "Noor", "consent_on": date(2025, 12, 1)}
    kept(Seat(task_force=body, kind=kind, side=side, person=holder, **facts | more))
    return actor_of(holder)
