"""The verbs of a claim: say that a milestone is done, show it, verify it or send it back (domain rule 20)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import hung
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import ensure, ensure_standing
from app.core.events import Event, publish
from app.core.media import documents, pictures
from app.core.once import once
from app.places.workdays.queries import working_day_after
from app.proposals.attachments.words import said_at_file
from app.taskforces.projects.claims import policies, queries, words
from app.taskforces.projects.claims.events import EvidenceAdded, MilestoneClaimed, MilestoneReturned, MilestoneVerified
from app.taskforces.projects.claims.models import ClaimEvidence, MilestoneClaim
from app.taskforces.projects.claims.rules import MOST_FILES, VERIFY_DAYS, EvidenceKind, Finding
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.promises.rules import Move, Who
from app.taskforces.projects.promises.services import ensure_move, ensure_said, found
from app.taskforces.projects.rules import Act
from app.taskforces.projects.services import ensure_allowed, held, here
from app.taskforces.seats import queries as seats
from app.taskforces.seats.rules import Side

ROOM = "evidence"


@dataclass(frozen=True, kw_only=True)
class ClaimDone:
    """The day on which a milestone was reached, and how anybody can see it."""

    actual_on: date
    evidence: str


@dataclass(frozen=True, kw_only=True)
class AddEvidence:
    """A picture or a PDF as it was sent, and the words for people who do not see it."""

    file: BinaryIO
    words: str


@dataclass(frozen=True, kw_only=True)
class _Made:
    kind: EvidenceKind
    content: bytes
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def claim(project_id: int, milestone_id: int, command: ClaimDone, *, by: Actor) -> MilestoneClaim:
    """Say for one's side that a milestone is done; the other side has ten working days to look."""
    with transaction():
        project, milestone, side = _met(project_id, milestone_id, Act.CLAIM, by)
        ensure_move(milestone, Move.CLAIM)
        future = _("This day has not come yet.")
        ensure(command.actual_on <= here(project), "in_the_future", future, field="actual_on")
        ensure_said(command.evidence, "evidence")
        last = sa.select(sa.func.max(MilestoneClaim.number)).where(MilestoneClaim.milestone_id == milestone.id)
        row = MilestoneClaim(
            milestone_id=milestone.id,
            number=(db.session.scalar(last) or 0) + 1,
            side=side,
            person_id=by.id,
            actual_on=command.actual_on,
            evidence=command.evidence,
            claimed_at=now(),
            due_on=working_day_after(project.cycle.neighborhood_id, here(project), VERIFY_DAYS),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            MilestoneClaimed(
                actor_id=by.id,
                project_id=project.id,
                milestone_id=milestone.id,
                claim_id=row.id,
                side=side,
                actual_on=row.actual_on,
                due_on=row.due_on,
                evidence=row.evidence,
            )
        )
    return row


def verify(project_id: int, milestone_id: int, answer: str, *, by: Actor) -> None:
    """Say for the other side that it is done: from now on it was done on the day that was claimed."""
    with transaction():
        project, milestone, row = _answered(project_id, milestone_id, Move.VERIFY, Finding.VERIFIED, answer, by)
        milestone.actual_on, milestone.evidence = row.actual_on, row.evidence
        publish(MilestoneVerified(**_told(project, row, by), actual_on=row.actual_on, answer=row.answer))


def send_back(project_id: int, milestone_id: int, answer: str, *, by: Actor) -> None:
    """Say for the other side what is missing; the milestone is open again."""
    with transaction():
        ensure_said(answer, "answer")
        project, _milestone, row = _answered(project_id, milestone_id, Move.RETURN, Finding.RETURNED, answer, by)
        publish(MilestoneReturned(**_told(project, row, by), answer=answer))


def show(project_id: int, milestone_id: int, command: AddEvidence, *, key: str, by: Actor) -> int:
    """Add a picture or a PDF to one's own side's claim while the other side looks; made anew before it is kept."""
    made = _made(command)
    return once(key, lambda: _shown(project_id, milestone_id, command.words, made, by))


def clear_left() -> None:
    """Remove files whose row never came; the worker calls this again and again."""
    hung.clear_left(ROOM, Project, lambda _project_id: set(db.session.scalars(sa.select(ClaimEvidence.digest))))


def _met(project_id: int, milestone_id: int, act: Act, by: Actor) -> tuple[Project, Milestone, Side]:
    """The project and the milestone, locked, and the side for which somebody acts in its task force today."""
    project = held(project_id)
    side = side_of(project.task_force_id, project.id, by, on=here(project))
    ensure_standing(side is not None, str(words.NOT_YOURS))
    assert side is not None
    ensure_allowed(project.stage, act)
    return project, found(project, milestone_id), side


def side_of(task_force_id: int | None, project_id: int, by: Actor, *, on: date) -> Side | None:
    """The side for which somebody may act in a task force on a day: its co-chair, or who stands in; None for nobody."""
    if task_force_id is None:
        return None
    signers = seats.signers([task_force_id], on, project_id=project_id)
    return next((each.side for each in signers if each.person_id == by.id), None)


def _answered(
    project_id: int, milestone_id: int, move: Move, finding: Finding, answer: str, by: Actor
) -> tuple[Project, Milestone, MilestoneClaim]:
    project, milestone, side = _met(project_id, milestone_id, Act.ANSWER_CLAIM, by)
    ensure_move(milestone, move, Who.OTHER_CHAIR)
    row = queries.open_claim(milestone.id)
    assert row is not None  # the stage of the milestone says so
    hand = policies.hand(side, row.side, is_claimer=row.person_id == by.id)
    ensure(hand is Who.OTHER_CHAIR, "rule_20", str(words.OTHER_SIDE))
    row.finding, row.answer = finding, answer.strip() or None
    row.answered_side, row.answered_by_id, row.answered_at = side, by.id, now()
    db.session.flush()
    return project, milestone, row


def _told(project: Project, row: MilestoneClaim, by: Actor) -> dict[str, Any]:
    facts: dict[str, Any] = {"actor_id": by.id, "project_id": project.id, "milestone_id": row.milestone_id}
    return facts | {"claim_id": row.id, "side": row.answered_side}


def _shown(project_id: int, milestone_id: int, said: str, made: _Made, by: Actor) -> int:
    project, milestone, side = _met(project_id, milestone_id, Act.CLAIM, by)
    row = queries.open_claim(milestone.id)
    theirs = _("Pictures and documents are added by the side that claims, while the other side looks.")
    ensure(row is not None and row.side is side, "no_claim", theirs)
    assert row is not None
    count = db.session.scalar(sa.select(sa.func.count(ClaimEvidence.id)).where(ClaimEvidence.claim_id == row.id))
    full = _("There is room for %(n)s files. They are all taken.", n=MOST_FILES)
    ensure((count or 0) < MOST_FILES, "too_many", full, field="file")
    with hung.drafted(ROOM, project.id, made.content) as digest:
        shown = ClaimEvidence(
            claim_id=row.id,
            kind=made.kind,
            words=said,
            digest=digest,
            width=made.width,
            height=made.height,
            pages=made.pages,
        )
        db.session.add(shown)
        db.session.flush()
        publish(_added(project, row, shown, by))
    return shown.id


def _added(project: Project, row: MilestoneClaim, shown: ClaimEvidence, by: Actor) -> Event:
    return EvidenceAdded(
        actor_id=by.id,
        project_id=project.id,
        milestone_id=row.milestone_id,
        claim_id=row.id,
        evidence_id=shown.id,
        kind=shown.kind,
        words=shown.words,
    )


def _made(command: AddEvidence) -> _Made:
    begins = command.file.read(5)
    command.file.seek(0)
    with said_at_file():
        if begins.startswith(b"%PDF"):
            paper = documents.rewritten(command.file, title=command.words)
            return _Made(kind=EvidenceKind.DOCUMENT, content=paper.content, pages=paper.pages)
        picture = pictures.redrawn(command.file).full
    return _Made(kind=EvidenceKind.PICTURE, content=picture.content, width=picture.width, height=picture.height)
