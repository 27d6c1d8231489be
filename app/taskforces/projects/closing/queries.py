"""Reading how a project was completed, what was left, what was found later, and what of it is due."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.taskforces.projects.baselines.models import Baseline
from app.taskforces.projects.closing.models import Completion, LaterCheck, Snag
from app.taskforces.projects.closing.rules import CheckKind, Works, still_so
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.pausing.models import Pause
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.signing.models import Agreement
from app.taskforces.signing.rules import Ending, MatterKind


@dataclass(frozen=True, kw_only=True)
class SnagRow:
    """Something left at completion; `fixed_on` is None while it is open."""

    id: int
    what: str
    due_on: date
    fixed_on: date | None
    fixed_how: str | None


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """What was found when it was looked at again."""

    kind: CheckKind
    works: Works
    found: str
    checked_on: date
    by: str


@dataclass(frozen=True, kw_only=True)
class CompletionRow:
    """A completion, what was left, and what was found later."""

    agreement_id: int | None
    completed_at: datetime
    due: dict[CheckKind, date]
    snags: tuple[SnagRow, ...]
    checks: dict[CheckKind, CheckRow]


@dataclass(frozen=True, kw_only=True)
class SignedRow:
    """That both sides have signed that a project does what was promised, and what is left, each with its day."""

    agreement_id: int
    signed_at: datetime
    snags: tuple[tuple[str, date], ...]


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that waits on a completed project: a snag (with its id) or a look at it."""

    project_id: int
    project: str
    task_force_id: int
    due_on: date
    snag_id: int | None = None
    what: str = ""
    check: CheckKind | None = None


def completion(project_id: int) -> CompletionRow | None:
    """How a project was completed, if it was, in three statements."""
    row = db.session.get(Completion, project_id)
    if row is None:
        return None
    left = sa.select(Snag).where(Snag.project_id == project_id).order_by(Snag.due_on, Snag.position)
    looked = (
        sa.select(LaterCheck, Person.public_name)
        .join(Person, Person.id == LaterCheck.person_id)
        .where(LaterCheck.project_id == project_id)
    )
    return CompletionRow(
        agreement_id=row.agreement_id,
        completed_at=row.completed_at,
        due={CheckKind.RESIDENTS: row.confirm_on, CheckKind.YEAR: row.check_on},
        snags=tuple(
            SnagRow(id=each.id, what=each.what, due_on=each.due_on, fixed_on=each.fixed_on, fixed_how=each.fixed_how)
            for each in db.session.scalars(left)
        ),
        checks={
            each.kind: CheckRow(kind=each.kind, works=each.works, found=each.found, checked_on=each.checked_on, by=by)
            for each, by in db.session.execute(looked)
        },
    )


def signed(project_ids: Collection[int]) -> dict[int, SignedRow]:
    """What both sides have signed last of these projects, as far as it is still so, by project; in two statements.

    It counts once their completion report is published: until then nothing of it stands in `completion` and `snag`.
    What was signed before a pause or before another promise, were it of another scope alone, is signed anew.
    """
    happened = Agreement.ending.in_((Ending.EXECUTED, Ending.OVERRIDDEN))
    rested = sa.exists().where(Pause.project_id == Agreement.project_id, Pause.begun_at > Agreement.ended_at)
    renewed = sa.exists().where(Baseline.project_id == Agreement.project_id, Baseline.agreed_at > Agreement.ended_at)
    query = sa.select(Agreement).where(
        Agreement.project_id.in_(project_ids), Agreement.kind == MatterKind.COMPLETION, happened, ~rested, ~renewed
    )
    newest = {row.project_id: row for row in db.session.scalars(query.order_by(Agreement.ended_at, Agreement.id))}
    milestones = _milestones(newest.keys()) if newest else {}
    found = {}
    for project_id, row in newest.items():
        payload = json.loads(row.payload)
        if project_id is not None and row.ended_at and still_so(payload, milestones.get(project_id, ())):
            snags = tuple((each["what"], date.fromisoformat(each["due_on"])) for each in payload["snags"])
            found[project_id] = SignedRow(agreement_id=row.id, signed_at=row.ended_at, snags=snags)
    return found


def put_right(project_ids: Collection[int]) -> dict[int, datetime]:
    """When the last of what was left was put right, of those of these projects where something was and nothing is."""
    query = sa.select(Snag.project_id, sa.func.max(Snag.fixed_at)).where(Snag.project_id.in_(project_ids))
    whole = query.group_by(Snag.project_id).having(sa.func.count(Snag.fixed_at) == sa.func.count())
    return {project_id: fixed_at for project_id, fixed_at in db.session.execute(whole) if fixed_at is not None}


def waiting(task_force_ids: Collection[int], on: date) -> list[Due]:
    """Open snags and looks that are due by a day in these task forces, oldest first, in two statements."""
    mine = Project.task_force_id.in_(task_force_ids)
    columns = (Project.id, Project.title, Project.task_force_id)
    left = sa.select(*columns, Snag.id, Snag.what, Snag.due_on).join(Snag, Snag.project_id == Project.id)
    found = [
        Due(project_id=id_, project=title, task_force_id=body or 0, due_on=due_on, snag_id=snag_id, what=what)
        for id_, title, body, snag_id, what, due_on in db.session.execute(left.where(mine, Snag.fixed_on.is_(None)))
    ]
    for kind, day in ((CheckKind.RESIDENTS, Completion.confirm_on), (CheckKind.YEAR, Completion.check_on)):
        done = sa.exists().where(LaterCheck.project_id == Project.id, LaterCheck.kind == kind)
        looks = sa.select(*columns, day).join(Completion, Completion.project_id == Project.id)
        open_looks = looks.where(mine, day <= on, Project.stage == ProjectStage.COMPLETED, ~done)
        found += [
            Due(project_id=id_, project=title, task_force_id=body or 0, due_on=due_on, check=kind)
            for id_, title, body, due_on in db.session.execute(open_looks)
        ]
    return sorted(found, key=lambda each: (each.due_on, each.project_id))


def _milestones(project_ids: Iterable[int | None]) -> dict[int, list[tuple[int, date | None]]]:
    query = sa.select(Milestone.project_id, Milestone.id, Milestone.actual_on)
    query = query.where(Milestone.project_id.in_(project_ids), Milestone.dropped_in_id.is_(None))
    found: dict[int, list[tuple[int, date | None]]] = {}
    for project_id, milestone_id, actual_on in db.session.execute(query):
        found.setdefault(project_id, []).append((milestone_id, actual_on))
    return found
