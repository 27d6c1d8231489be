"""Reading who can own a question: everybody who works on it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.accounts.models import Person, RoleGrant
from app.core.clock import today
from app.core.db import db
from app.taskforces.questions.models import Question
from app.taskforces.questions.policies import OFFICE
from app.taskforces.questions.queries import body_of
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import SeatKind


@dataclass(frozen=True, kw_only=True)
class Possible:
    """Somebody who can own a question; `seat` is None for those of the office."""

    id: int
    name: str
    seat: SeatKind | None


def possible_owners(row: Question) -> list[Possible]:
    """Who can own a question: the seats of its task force (but no observer), then the office; never whoever asked."""
    day = today(row.neighborhood.time_zone)
    found = [] if (body := body_of(row)) is None else _seated(body, day)
    there = {each.id for each in found}
    found += [each for each in _office(row.neighborhood_id, day) if each.id not in there]
    return [each for each in found if each.id != row.asker_id]


def _seated(task_force_id: int, day: date) -> list[Possible]:
    query = (
        sa.select(Person.id, sa.func.coalesce(Seat.shown_as, Person.public_name), Seat.kind)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.task_force_id == task_force_id, Seat.kind != SeatKind.OBSERVER)
        .where(Seat.starts_on <= day, sa.or_(Seat.ends_on.is_(None), Seat.ends_on >= day))
        .order_by(Seat.kind, Seat.side, Seat.id)
    )
    return [Possible(id=id_, name=name, seat=kind) for id_, name, kind in db.session.execute(query)]


def _office(neighborhood_id: int, day: date) -> list[Possible]:
    query = (
        sa.select(Person.id, Person.public_name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_(OFFICE), RoleGrant.starts_on <= day, RoleGrant.ended_at.is_(None), Person.active)
        .where(sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= day))
        .where(sa.or_(RoleGrant.neighborhood_id.is_(None), RoleGrant.neighborhood_id == neighborhood_id))
        .distinct()
        .order_by(Person.public_name, Person.id)
    )
    return [Possible(id=id_, name=name, seat=None) for id_, name in db.session.execute(query)]
