"""Reading seats: who chairs a task force, which seats are vacant, who sat there before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.models import TaskForce
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import SeatKind, Side


@dataclass(frozen=True, kw_only=True)
class SeatFacts:
    """A seat and who holds it."""

    id: int
    task_force_id: int
    kind: SeatKind
    side: Side
    person_id: int
    name: str
    nominated_by: str
    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Whether its holder sits on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Somebody who may sign for a side on a day, and the seat that lets them (domain rule 1)."""

    seat_id: int
    task_force_id: int
    person_id: int
    name: str
    side: Side
    as_deputy: bool


@dataclass(frozen=True, kw_only=True)
class Chair:
    """One of the two leading seats: its holder, or since when there is none."""

    side: Side
    holder: SeatFacts | None
    vacant_since: date | None


@dataclass(frozen=True, kw_only=True)
class Seats:
    """Every seat of a task force as of a day."""

    chairs: tuple[Chair, ...]
    others: tuple[SeatFacts, ...]
    coming: tuple[SeatFacts, ...]
    past: tuple[SeatFacts, ...]


def seats(task_force_id: int, *, constituted_on: date, on: date) -> Seats:
    """The seats of a task force on a day, vacancies included."""
    rows = _rows(Seat.task_force_id == task_force_id)
    now = [row for row in rows if row.holds(on)]
    return Seats(
        chairs=tuple(_chair(side, rows, constituted_on, on) for side in Side),
        others=tuple(row for row in now if row.kind is not SeatKind.CO_CHAIR),
        coming=tuple(row for row in rows if row.starts_on > on),
        past=tuple(row for row in rows if row.ends_on is not None and row.ends_on < on),
    )


def co_chairs(task_force_ids: Collection[int], on: date) -> list[SeatFacts]:
    """Who chairs these task forces on a day."""
    rows = _rows(Seat.task_force_id.in_(task_force_ids), Seat.kind == SeatKind.CO_CHAIR)
    return [row for row in rows if row.holds(on)]


def co_chair_ids(task_force_id: int | None, on: date) -> frozenset[int]:
    """The ids of the persons who chair a task force on a day; nobody chairs none."""
    return frozenset(row.person_id for row in co_chairs([task_force_id], on)) if task_force_id else frozenset()


def signers(task_force_ids: Collection[int], on: date, *, project_id: int | None = None) -> list[Signer]:
    """Who may sign for which side of these task forces on a day, about a project if one is named."""
    return [
        Signer(
            seat_id=row.id,
            task_force_id=row.task_force_id,
            person_id=row.person_id,
            name=row.name,
            side=row.side,
            as_deputy=False,
        )
        for row in co_chairs(task_force_ids, on)
    ]


def sits_in(task_force_id: int, person_id: int, on: date) -> bool:
    """Whether somebody holds any seat of a task force on a day."""
    rows = _rows(Seat.task_force_id == task_force_id, Seat.person_id == person_id)
    return any(row.holds(on) for row in rows)


def chaired_by(person_id: int, on: date) -> list[int]:
    """The task forces somebody co-chairs on a day."""
    rows = _rows(Seat.person_id == person_id, Seat.kind == SeatKind.CO_CHAIR)
    return sorted({row.task_force_id for row in rows if row.holds(on)})


def seat(seat_id: int) -> SeatFacts:
    """One seat that has or had a holder; NotFound where there is none."""
    found = _rows(Seat.id == seat_id)
    if not found:
        raise NotFound
    return found[0]


def chairs_anywhere(person_id: int) -> bool:
    """Whether somebody has ever been a co-chair: the navigation offers them their own page."""
    query = sa.select(Seat.id).where(Seat.person_id == person_id, Seat.kind == SeatKind.CO_CHAIR).limit(1)
    return db.session.execute(query).first() is not None


def _rows(*conditions: sa.ColumnElement[bool]) -> list[SeatFacts]:
    query = (
        sa.select(
            Seat.id,
            Seat.task_force_id,
            Seat.kind,
            Seat.side,
            Seat.person_id,
            Person.public_name.label("name"),
            Seat.nominated_by,
            Seat.starts_on,
            Seat.ends_on,
        )
        .join(Person, Person.id == Seat.person_id)
        .join(TaskForce, TaskForce.id == Seat.task_force_id)
        .where(*conditions)
        .order_by(Seat.side, Seat.starts_on, Seat.id)
    )
    return [SeatFacts(**row._mapping) for row in db.session.execute(query)]


def _chair(side: Side, rows: list[SeatFacts], constituted_on: date, on: date) -> Chair:
    held = [row for row in rows if row.kind is SeatKind.CO_CHAIR and row.side is side]
    holder = next((row for row in held if row.holds(on)), None)
    ended = [row.ends_on for row in held if row.ends_on is not None and row.ends_on < on]
    since = max(ended) + timedelta(days=1) if ended else constituted_on
    return Chair(side=side, holder=holder, vacant_since=None if holder else since)
