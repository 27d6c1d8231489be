"""Reading who may count a vote again, and who was given its full files."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.clock import today
from app.core.db import db
from app.cycles.queries import CycleFacts
from app.voting.results.checkers.models import Checker, FullCopy
from app.voting.results.checkers.rules import holds_on


@dataclass(frozen=True, kw_only=True)
class CheckerRow:
    """An accredited checker as everybody sees it, by public name."""

    id: int
    name: str
    accredited_by: tuple[str, ...]
    starts_on: date
    ends_on: date
    withdrawn_at: datetime | None
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class CopyRow:
    """A full file that somebody was given; `count` is the number of the count it belongs to.

    Its hash stays out of it: that of a file without salt would confirm guesses of what the file holds.
    """

    name: str
    file: str
    count: int
    taken_at: datetime


def is_checker(cycle: CycleFacts, person_id: int) -> bool:
    """Whether somebody is an accredited checker of the vote today, where it takes place."""
    day = today(cycle.time_zone)
    found = db.session.scalars(sa.select(Checker).where(Checker.cycle_id == cycle.id, Checker.person_id == person_id))
    return any(_is_on(checker, day) for checker in found)


def checkers(cycle: CycleFacts) -> list[CheckerRow]:
    """Every accreditation of a vote, also those that are over, in the order of their first days."""
    first, second, day = aliased(Person), aliased(Person), today(cycle.time_zone)
    query = (
        sa.select(Checker, Person.public_name, first.public_name, second.public_name)
        .join(Person, Person.id == Checker.person_id)
        .join(first, first.id == Checker.accredited_by_id)
        .outerjoin(second, second.id == Checker.agreed_by_id)
        .where(Checker.cycle_id == cycle.id)
        .order_by(Checker.starts_on, Checker.id)
    )
    return [
        CheckerRow(
            id=checker.id,
            name=name,
            accredited_by=tuple(filter(None, by)),
            starts_on=checker.starts_on,
            ends_on=checker.ends_on,
            withdrawn_at=checker.withdrawn_at,
            is_on=_is_on(checker, day),
        )
        for checker, name, *by in db.session.execute(query)
    ]


def copies(cycle_id: int) -> list[CopyRow]:
    """Every full file that was given out, newest first."""
    query = (
        sa.select(FullCopy, Person.public_name)
        .join(Person, Person.id == FullCopy.person_id)
        .where(FullCopy.cycle_id == cycle_id)
        .order_by(FullCopy.taken_at.desc(), FullCopy.id.desc())
    )
    return [
        CopyRow(name=name, file=copy.name, count=copy.count, taken_at=copy.taken_at)
        for copy, name in db.session.execute(query)
    ]


def _is_on(checker: Checker, day: date) -> bool:
    return holds_on(
        day,
        starts_on=checker.starts_on,
        ends_on=checker.ends_on,
        is_withdrawn=checker.withdrawn_at is not None,
    )
