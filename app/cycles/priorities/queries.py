"""Reading the priorities of a cycle."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.cycles.priorities.models import Priority, PriorityStatement
from app.cycles.rules import Stage


@dataclass(frozen=True, kw_only=True)
class PriorityFacts:
    """One priority by its name."""

    id: int
    cycle_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What an assembly has agreed."""

    text: str
    assembly: str
    agreed_on: date
    priorities: tuple[PriorityFacts, ...]


def priorities(cycle_id: int) -> list[PriorityFacts]:
    """The priorities of a cycle in their order; none where none were agreed."""
    query = sa.select(Priority).where(Priority.cycle_id == cycle_id).order_by(Priority.position)
    return [_facts(row) for row in db.session.scalars(query)]


def statement(cycle_id: int) -> Statement | None:
    """The priority statement of a cycle, or None."""
    row = db.session.get(PriorityStatement, cycle_id)
    if row is None:
        return None
    listed = tuple(priorities(cycle_id))
    return Statement(text=row.text, assembly=row.assembly, agreed_on=row.agreed_on, priorities=listed)


def one(priority_id: int) -> PriorityFacts:
    """A priority of a published cycle; NotFound for any other."""
    query = sa.select(Priority).join(Cycle, Cycle.id == Priority.cycle_id)
    row = db.session.scalar(query.where(Priority.id == priority_id, Cycle.stage != Stage.DRAFT))
    if row is None:
        raise NotFound
    return _facts(row)


def _facts(row: Priority) -> PriorityFacts:
    return PriorityFacts(id=row.id, cycle_id=row.cycle_id, name=row.name)
