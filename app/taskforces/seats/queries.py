"""Reading seats: who chairs a task force, who may sign, which seats are vacant, who sat there before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.places.models import Neighborhood
from app.taskforces.interests import queries as interests
from app.taskforces.models import TaskForce
from app.taskforces.rules import BodyStage
from app.taskforces.seats import rules
from app.taskforces.seats.absences import queries as absences
from app.taskforces.seats.absences.queries import AbsenceRow
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import ONE_A_SIDE, Pen, SeatKind, Side, holds, who_signs


@dataclass(frozen=True, kw_only=True)
class SeatFacts:
    """A seat and who holds it; `name` is what the public reads: of somebody young the first name only (rule 32)."""

    id: int
    task_force_id: int
    kind: SeatKind
    side: Side
    person_id: int
    name: str
    nominated_by: str
    organization_id: int | None
    starts_on: date
    ends_on: date | None
    time_zone: str
    """The zone of the neighborhood, where its days begin and end."""

    def holds(self, day: date) -> bool:
        """Whether its holder sits on `day`."""
        return holds(self.starts_on, self.ends_on, day)

    @property
    def next_on(self) -> date | None:
        """The first day of the term after this one; None while it has no end."""
        return self.ends_on + timedelta(days=1) if self.ends_on is not None else None

    def ends_soon(self, day: date) -> bool:
        """Whether the term comes to its end within two months of `day`."""
        return rules.ends_soon(self.ends_on, day)


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Somebody who may sign for a side on a day, and the seat that lets them (rules 1 and 3); one of a side."""

    seat_id: int
    task_force_id: int
    person_id: int
    name: str
    side: Side
    as_deputy: bool


@dataclass(frozen=True, kw_only=True)
class Chair:
    """A seat that each side has one of: its holder, or since when there is none (None: there never was one)."""

    kind: SeatKind
    side: Side
    holder: SeatFacts | None
    vacant_since: date | None


@dataclass(frozen=True, kw_only=True)
class Seats:
    """Every seat of a task force as of a day."""

    chairs: tuple[Chair, ...]
    deputies: tuple[Chair, ...]
    others: tuple[SeatFacts, ...]
    coming: tuple[SeatFacts, ...]
    past: tuple[SeatFacts, ...]
    away: Mapping[int, AbsenceRow]
    """By the id of the seat: the absence that is running or comes next."""

    @property
    def held(self) -> list[SeatFacts]:
        """The seats with a holder today."""
        return [c.holder for c in self.chairs + self.deputies if c.holder is not None] + list(self.others)

    @property
    def names(self) -> dict[int, str]:
        """What the public reads of each person who sits here today, by their id."""
        return {seat.person_id: seat.name for seat in self.held}


def seats(task_force_id: int, *, constituted_on: date, on: date) -> Seats:
    """The seats of a task force on a day, vacancies included, in two statements."""
    rows = _rows(Seat.task_force_id == task_force_id)
    now = [row for row in rows if row.holds(on)]
    told = absences.absences([row.id for row in now], on)
    return Seats(
        chairs=tuple(_chair(SeatKind.CO_CHAIR, side, rows, constituted_on, on) for side in Side),
        deputies=tuple(_chair(SeatKind.DEPUTY, side, rows, None, on) for side in Side),
        others=tuple(row for row in now if row.kind not in ONE_A_SIDE),
        coming=tuple(row for row in rows if row.starts_on > on),
        past=tuple(row for row in rows if row.ends_on is not None and row.ends_on < on),
        away={row.seat_id: row for row in reversed(told)},
    )


def co_chairs(task_force_ids: Collection[int], on: date) -> list[SeatFacts]:
    """Who chairs these task forces on a day."""
    rows = _rows(Seat.task_force_id.in_(task_force_ids), Seat.kind == SeatKind.CO_CHAIR)
    return [row for row in rows if row.holds(on)]


def co_chair_ids(task_force_id: int | None, on: date) -> frozenset[int]:
    """The ids of the persons who chair a task force on a day; nobody chairs none."""
    return frozenset(row.person_id for row in co_chairs([task_force_id], on)) if task_force_id else frozenset()


def signers(
    task_force_ids: Collection[int],
    on: date,
    *,
    project_id: int | None = None,
    organization_ids: Collection[int] = (),
) -> list[Signer]:
    """Who may sign for which side of these task forces on a day, one of a side at the most (rules 1 and 3).

    A deputy is among them only where the co-chair is away, recused or missing. Whoever has declared an interest that
    recuses them is not: in this project, in the organization that leads it, or in one of `organization_ids`, the
    others who would be paid.
    """
    kinds = sa.and_(Seat.kind.in_(ONE_A_SIDE), TaskForce.stage != BodyStage.DISSOLVED)
    held = [row for row in _rows(Seat.task_force_id.in_(task_force_ids), kinds) if row.holds(on)]
    away = absences.away([row.id for row in held], on)
    people = [row.person_id for row in held]
    recused = interests.recused(people, on, project_id=project_id, organization_ids=organization_ids)
    pens = {
        row.id: Pen(
            seat_id=row.id,
            side=row.side,
            is_deputy=row.kind is SeatKind.DEPUTY,
            is_away=row.id in away,
            is_recused=row.person_id in recused,
        )
        for row in held
    }
    mine = [[pens[row.id] for row in held if row.task_force_id == body] for body in set(task_force_ids)]
    given = {pen.seat_id for each in mine for pen in who_signs(each)}
    return [_signer(row) for row in held if row.id in given]


def sits_in(task_force_id: int, person_id: int, on: date) -> bool:
    """Whether somebody holds any seat of a task force on a day."""
    rows = _rows(Seat.task_force_id == task_force_id, Seat.person_id == person_id)
    return any(row.holds(on) for row in rows)


def works_in(task_force_id: int, person_id: int, on: date) -> bool:
    """Whether somebody holds a seat of a task force on a day from which they take part: an observer's only watches."""
    rows = _rows(Seat.task_force_id == task_force_id, Seat.person_id == person_id, Seat.kind != SeatKind.OBSERVER)
    return any(row.holds(on) for row in rows)


def chaired_by(person_id: int, on: date) -> list[int]:
    """The task forces somebody co-chairs on a day."""
    rows = _rows(Seat.person_id == person_id, Seat.kind == SeatKind.CO_CHAIR)
    return sorted({row.task_force_id for row in rows if row.holds(on)})


def may_be_asked_to_sign(person_id: int) -> bool:
    """Whether somebody holds a seat that signs, as co-chair or as deputy, today; in one small statement."""
    rows = _rows(Seat.person_id == person_id, Seat.kind.in_(ONE_A_SIDE))
    return any(row.holds(today(row.time_zone)) for row in rows)


def is_away(person_id: int, task_force_ids: Collection[int], on: date) -> bool:
    """Whether somebody has a seat that signs in one of these task forces and is written down as away on a day."""
    pens = [row for row in held_by(person_id, on) if row.holds(on) and row.kind in ONE_A_SIDE]
    return bool(absences.away([row.id for row in pens if row.task_force_id in task_force_ids], on))


def chairs(since: Mapping[int, date], on: date) -> dict[int, tuple[Chair, ...]]:
    """The two leading seats of each task force on a day, in one statement; `since` when it has been, by its id."""
    rows = _rows(Seat.task_force_id.in_(since), Seat.kind == SeatKind.CO_CHAIR) if since else []
    mine = {body: [row for row in rows if row.task_force_id == body] for body in since}
    return {
        body: tuple(_chair(SeatKind.CO_CHAIR, side, mine[body], first, on) for side in Side)
        for body, first in since.items()
    }


def seat(seat_id: int) -> SeatFacts:
    """One seat that has or had a holder; NotFound where there is none."""
    found = _rows(Seat.id == seat_id)
    if not found:
        raise NotFound
    return found[0]


def terms(task_force_ids: Collection[int]) -> list[SeatFacts]:
    """Every term that anybody has held, holds or will hold in these task forces, in one statement."""
    return _rows(Seat.task_force_id.in_(task_force_ids)) if task_force_ids else []


def held_by(person_id: int, on: date) -> list[SeatFacts]:
    """The seats somebody holds on a day, or will."""
    rows = _rows(Seat.person_id == person_id)
    return [row for row in rows if row.ends_on is None or on <= row.ends_on]


def running_out(neighborhood_ids: Collection[int], on: date) -> list[SeatFacts]:
    """The terms in these neighborhoods that come to their end within two months of a day, the nearest first."""
    here = TaskForce.neighborhood_id.in_(neighborhood_ids)
    rows = _rows(here, Seat.ends_on >= on, Seat.ends_on <= on + rules.ENDS_SOON)
    return sorted((row for row in rows if row.holds(on)), key=lambda row: row.ends_on or on)


def _rows(*conditions: sa.ColumnElement[bool]) -> list[SeatFacts]:
    query = (
        sa.select(
            Seat.id,
            Seat.task_force_id,
            Seat.kind,
            Seat.side,
            Seat.person_id,
            sa.func.coalesce(Seat.shown_as, Person.public_name).label("name"),
            Seat.nominated_by,
            Seat.organization_id,
            Seat.starts_on,
            Seat.ends_on,
            Neighborhood.time_zone,
        )
        .join(Person, Person.id == Seat.person_id)
        .join(TaskForce, TaskForce.id == Seat.task_force_id)
        .join(Neighborhood, Neighborhood.id == TaskForce.neighborhood_id)
        .where(*conditions)
        .order_by(Seat.side, Seat.starts_on, Seat.id)
    )
    return [SeatFacts(**row._mapping) for row in db.session.execute(query)]


def _signer(row: SeatFacts) -> Signer:
    return Signer(
        seat_id=row.id,
        task_force_id=row.task_force_id,
        person_id=row.person_id,
        name=row.name,
        side=row.side,
        as_deputy=row.kind is SeatKind.DEPUTY,
    )


def _chair(kind: SeatKind, side: Side, rows: list[SeatFacts], since: date | None, on: date) -> Chair:
    """A seat of a side on a day; without a holder before, it is vacant `since`."""
    held = [row for row in rows if row.kind is kind and row.side is side]
    holder = next((row for row in held if row.holds(on)), None)
    ended = [row.ends_on for row in held if row.ends_on is not None and row.ends_on < on]
    vacant = max(ended) + timedelta(days=1) if ended else since
    return Chair(kind=kind, side=side, holder=holder, vacant_since=None if holder else vacant)
