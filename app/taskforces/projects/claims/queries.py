"""Reading claims: those of a project with their evidence, the one that is open, and what waits for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core import hung
from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.projects.claims.models import ClaimEvidence, MilestoneClaim
from app.taskforces.projects.claims.rules import OTHER, EvidenceKind, Finding
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.seats.rules import Side

Answerer = aliased(Person)


@dataclass(frozen=True, kw_only=True)
class EvidenceRow:
    """A picture or a document that shows something done."""

    id: int
    kind: EvidenceKind
    words: str
    width: int | None
    height: int | None
    pages: int | None

    @property
    def file(self) -> str:
        """The last part of its address."""
        return "picture.jpg" if self.kind is EvidenceKind.PICTURE else "document.pdf"


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """A claim as everybody reads it, with what the other side found."""

    id: int
    milestone_id: int
    number: int
    side: Side
    person_id: int
    by: str
    actual_on: date
    evidence: str
    claimed_at: datetime
    due_on: date
    finding: Finding | None
    answer: str | None
    answered_side: Side | None
    answered_by: str | None
    answered_at: datetime | None
    files: tuple[EvidenceRow, ...]

    @property
    def other_side(self) -> Side:
        """The side that looks."""
        return OTHER[self.side]


@dataclass(frozen=True, kw_only=True)
class ToVerify:
    """A claim that waits for the other side: since when, and by when it looks."""

    project_id: int
    project: str
    milestone_id: int
    milestone: str
    task_force_id: int
    side: Side
    """The side for which it waits."""
    since: datetime
    due_on: date


def claims(project_id: int) -> dict[int, list[ClaimRow]]:
    """Every claim of a project, newest first, by milestone, in two statements."""
    query = (
        sa.select(MilestoneClaim, Person.public_name, Answerer.public_name)
        .join(Milestone, Milestone.id == MilestoneClaim.milestone_id)
        .join(Person, Person.id == MilestoneClaim.person_id)
        .outerjoin(Answerer, Answerer.id == MilestoneClaim.answered_by_id)
        .where(Milestone.project_id == project_id)
        .order_by(MilestoneClaim.number.desc())
    )
    rows = db.session.execute(query).all()
    shown = _evidence([row.id for row, _by, _answered in rows]) if rows else {}
    found: dict[int, list[ClaimRow]] = {}
    for row, name, answered_by in rows:
        found.setdefault(row.milestone_id, []).append(_row(row, name, answered_by, tuple(shown.get(row.id, ()))))
    return found


def open_claim(milestone_id: int) -> MilestoneClaim | None:
    """The claim of a milestone that the other side has not answered, if there is one."""
    query = sa.select(MilestoneClaim).where(
        MilestoneClaim.milestone_id == milestone_id, MilestoneClaim.finding.is_(None)
    )
    return db.session.scalars(query).first()


def waiting(task_force_ids: Collection[int]) -> list[ToVerify]:
    """The claims in these task forces that wait for the other side, longest first."""
    query = (
        sa.select(MilestoneClaim, Milestone.title, Project.id, Project.title, Project.task_force_id)
        .join(Milestone, Milestone.id == MilestoneClaim.milestone_id)
        .join(Project, Project.id == Milestone.project_id)
        .where(Project.task_force_id.in_(task_force_ids), MilestoneClaim.finding.is_(None))
        .order_by(MilestoneClaim.claimed_at, MilestoneClaim.id)
    )
    return [
        ToVerify(
            project_id=project_id,
            project=project,
            milestone_id=row.milestone_id,
            milestone=title,
            task_force_id=body,
            side=OTHER[row.side],
            since=row.claimed_at,
            due_on=row.due_on,
        )
        for row, title, project_id, project, body in db.session.execute(query)
        if body is not None
    ]


def served(project_id: int, evidence_id: int, kind: EvidenceKind) -> bytes:
    """The file of a piece of evidence; NotFound where the project has no such."""
    query = (
        sa.select(ClaimEvidence.digest)
        .join(MilestoneClaim, MilestoneClaim.id == ClaimEvidence.claim_id)
        .join(Milestone, Milestone.id == MilestoneClaim.milestone_id)
        .where(ClaimEvidence.id == evidence_id, ClaimEvidence.kind == kind, Milestone.project_id == project_id)
    )
    digest = db.session.scalar(query)
    if digest is None:
        raise NotFound
    return hung.content(digest)


def _evidence(claim_ids: Collection[int]) -> dict[int, list[EvidenceRow]]:
    found: dict[int, list[EvidenceRow]] = {}
    query = sa.select(ClaimEvidence).where(ClaimEvidence.claim_id.in_(claim_ids)).order_by(ClaimEvidence.id)
    for row in db.session.scalars(query):
        shown = EvidenceRow(
            id=row.id, kind=row.kind, words=row.words, width=row.width, height=row.height, pages=row.pages
        )
        found.setdefault(row.claim_id, []).append(shown)
    return found


def _row(row: MilestoneClaim, by: str, answered_by: str | None, shown: tuple[EvidenceRow, ...]) -> ClaimRow:
    return ClaimRow(
        id=row.id,
        milestone_id=row.milestone_id,
        number=row.number,
        side=row.side,
        person_id=row.person_id,
        by=by,
        actual_on=row.actual_on,
        evidence=row.evidence,
        claimed_at=row.claimed_at,
        due_on=row.due_on,
        finding=row.finding,
        answer=row.answer,
        answered_side=row.answered_side,
        answered_by=answered_by,
        answered_at=row.answered_at,
        files=shown,
    )
