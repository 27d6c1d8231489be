"""Reading what a task force has promised for a quarter, and whether the reports that print it are frozen."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.db import db
from app.cycles.models import Cycle
from app.reports.models import Edition
from app.reports.progress.promises.models import QuarterPromise
from app.reports.progress.promises.rules import Around, Kept, next_quarter, quarter_of
from app.reports.rules import EditionStage, Line, Period, ReportKind, period_before
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code
from app.taskforces.seats import queries as seats

FROZEN = frozenset({EditionStage.SIGNING, EditionStage.RENDERING, EditionStage.PUBLISHED, EditionStage.FAILED})


@dataclass(frozen=True, kw_only=True)
class PromiseRow:
    """A promise as everybody reads it."""

    id: int
    project_id: int | None
    project_code: str | None
    text: str
    made_by: str
    made_at: datetime
    kept: Kept | None
    line: str | None
    marked_by: str | None


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """A quarter as its report prints it: what was promised for it, and what is promised for the next one."""

    told: tuple[PromiseRow, ...]
    following: tuple[PromiseRow, ...]
    is_frozen: bool

    @property
    def unmarked(self) -> int:
        """How many of its promises nobody has said anything about (domain rule 25)."""
        return sum(row.kept is None for row in self.told)


def quarter(task_force_id: int, period: Period) -> Quarter:
    """What the report on this quarter says of promises."""
    return Quarter(
        told=_rows(task_force_id, period.first_on),
        following=_rows(task_force_id, next_quarter(period).first_on),
        is_frozen=is_frozen(task_force_id, period),
    )


def around(task_force_id: int, first_on: date) -> Around:
    """What stands around the promises for the quarter that begins on a day."""
    mine = quarter_of(first_on)
    return Around(
        quarter=mine,
        made_in_frozen=is_frozen(task_force_id, period_before(ReportKind.PROGRESS, mine)),
        told_in_frozen=is_frozen(task_force_id, mine),
    )


def is_frozen(task_force_id: int, period: Period) -> bool:
    """Whether a progress report on this quarter is public, or on its way to be."""
    line = Line(kind=ReportKind.PROGRESS, subject_id=task_force_id, period=period)
    known = sa.exists().where(Edition.line == line.key, Edition.stage.in_(FROZEN))
    return bool(db.session.scalar(sa.select(known)))


def chair_ids(task_force_id: int, on: date) -> frozenset[int]:
    """Who may sign for a side of a task force on a day."""
    return frozenset(each.person_id for each in seats.signers([task_force_id], on))


def _rows(task_force_id: int, first_on: date) -> tuple[PromiseRow, ...]:
    made, marked = aliased(Person), aliased(Person)
    query = (
        sa.select(QuarterPromise, Cycle.year, Project.number, made.public_name, marked.public_name)
        .join(made, made.id == QuarterPromise.made_by_id)
        .outerjoin(marked, marked.id == QuarterPromise.marked_by_id)
        .outerjoin(Project, Project.id == QuarterPromise.project_id)
        .outerjoin(Cycle, Cycle.id == Project.cycle_id)
        .where(QuarterPromise.task_force_id == task_force_id, QuarterPromise.first_on == first_on)
        .order_by(QuarterPromise.id)
    )
    return tuple(
        PromiseRow(
            id=row.id,
            project_id=row.project_id,
            project_code=code(year, number) if year is not None and number is not None else None,
            text=row.text,
            made_by=made_by,
            made_at=row.made_at,
            kept=row.kept,
            line=row.line,
            marked_by=marked_by,
        )
        for row, year, number, made_by, marked_by in db.session.execute(query)
    )
