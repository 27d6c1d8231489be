"""Reading what residents say of a completed project, once everybody may read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.taskforces.projects.closing.models import Completion
from app.taskforces.projects.closing.rules import Works
from app.taskforces.projects.confirming.models import ConfirmationGiver, ConfirmationPaper, ConfirmationTally
from app.taskforces.projects.confirming.rules import Days, Shown, shown


@dataclass(frozen=True, kw_only=True)
class Asked:
    """When residents are asked about a project, and what they said; `shown` is None before everybody may read it."""

    days: Days
    shown: Shown | None


@dataclass(frozen=True, kw_only=True)
class PaperCount:
    """The answers on paper as they were counted last."""

    yes: int
    partly: int
    no: int
    how: str


def days_of(project_id: int) -> Days | None:
    """When residents are asked about a project; None before it is completed."""
    opens_on = db.session.scalar(sa.select(Completion.confirm_on).where(Completion.project_id == project_id))
    return None if opens_on is None else Days(opens_on=opens_on)


def days_of_all(project_ids: Collection[int]) -> dict[int, Days]:
    """The same of those of these projects that are completed, by project."""
    query = sa.select(Completion.project_id, Completion.confirm_on).where(Completion.project_id.in_(project_ids))
    return {project_id: Days(opens_on=opens_on) for project_id, opens_on in db.session.execute(query)}


def asked(project_id: int, today: date) -> Asked | None:
    """What residents say of a project; None before it is completed."""
    days = days_of(project_id)
    if days is None:
        return None
    return Asked(days=days, shown=shown(_counts(project_id)) if today >= days.told_on else None)


def has_answered(project_id: int, person_id: int) -> bool:
    """Whether somebody has answered; nobody can read what."""
    return db.session.get(ConfirmationGiver, (project_id, person_id)) is not None


def counted(project_id: int) -> PaperCount | None:
    """The answers on paper, for those who count them."""
    row = _paper(project_id)
    return None if row is None else PaperCount(yes=row.yes, partly=row.partly, no=row.no, how=row.how)


def _counts(project_id: int) -> dict[Works, int]:
    query = sa.select(ConfirmationTally.works, ConfirmationTally.answers)
    found = {works: n for works, n in db.session.execute(query.where(ConfirmationTally.project_id == project_id))}
    paper = _paper(project_id)
    on_paper = {Works.YES: paper.yes, Works.PARTLY: paper.partly, Works.NO: paper.no} if paper else {}
    return {works: found.get(works, 0) + on_paper.get(works, 0) for works in Works}


def _paper(project_id: int) -> ConfirmationPaper | None:
    query = sa.select(ConfirmationPaper).where(ConfirmationPaper.project_id == project_id)
    return db.session.scalar(query.order_by(ConfirmationPaper.id.desc()).limit(1))
