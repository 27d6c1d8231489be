"""What both sides agree on when a project rests, goes on or is given up, and the verbs that then run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, NotFound, ensure_standing
from app.core.events import publish
from app.taskforces.projects.models import Project
from app.taskforces.projects.pausing import words
from app.taskforces.projects.pausing.events import ProjectCancelled, ProjectPaused, ProjectResumed
from app.taskforces.projects.pausing.models import Cancellation, Pause
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.projects.services import held, here
from app.taskforces.projects.stages.rules import Hand, WhyNot
from app.taskforces.projects.stages.services import body_of, ensure_can
from app.taskforces.projects.stages.words import WHY_NOT
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import Ending, MatterKind, Signed
from app.taskforces.signing.services import Matter, Propose
from app.taskforces.spending import queries as spending

Payload = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class AskPause:
    """Why a project is to rest, and when it is expected to go on."""

    reason: str
    restart_on: date


def propose_pause(project_id: int, command: AskPause, *, by: Actor) -> int:
    """Put a pause before both sides; returns the id of the agreement."""
    answers = {"reason": command.reason, "restart_on": command.restart_on.isoformat()}
    return _propose(MatterKind.PAUSE, project_id, answers, by)


def propose_resumption(project_id: int, *, by: Actor) -> int:
    """Put going on before both sides; returns the id of the agreement."""
    return _propose(MatterKind.RESUMPTION, project_id, {}, by)


def propose_cancellation(project_id: int, reason: str, *, by: Actor) -> int:
    """Put giving up before both sides; only a clerk of the neighborhood does. Returns the id of the agreement."""
    ensure_standing(_is_clerk(by, project_id), _("Only the council's clerk puts a cancellation before both sides."))
    return _propose(MatterKind.CANCELLATION, project_id, {"reason": reason, "clerk_id": by.id}, by)


def to_pause(subject_id: int, answers: Payload) -> Payload:
    """What both sides would sign to let a project rest."""
    project = held(subject_id)
    restart_on = date.fromisoformat(answers["restart_on"])
    ahead = restart_on > here(project)
    ensure_can(project, ProjectStage.PAUSED, {Hand.BOTH}, reason=answers["reason"], restart_is_ahead=ahead)
    said = {"reason": answers["reason"].strip(), "restart_on": restart_on.isoformat()}
    return said | {"stage": project.stage.value}


def pause(signed: Signed) -> Pause:
    """Let a project rest; joins the transaction of the second signature."""
    project = _of(signed)
    row = Pause(
        project_id=project.id,
        stage_before=ProjectStage(signed.payload["stage"]),
        reason=signed.payload["reason"],
        restart_on=date.fromisoformat(signed.payload["restart_on"]),
        agreement_id=signed.agreement_id,
        begun_at=now(),
    )
    ahead = row.restart_on > here(project)
    ensure_can(project, ProjectStage.PAUSED, {Hand.BOTH}, reason=row.reason, restart_is_ahead=ahead)
    project.stage = ProjectStage.PAUSED
    db.session.add(row)
    db.session.flush()
    publish(
        ProjectPaused(
            actor_id=signed.last_signer_id,
            project_id=project.id,
            pause_id=row.id,
            agreement_id=signed.agreement_id,
            stage_before=row.stage_before,
            restart_on=row.restart_on,
            reason=row.reason,
        )
    )
    return row


def to_resume(subject_id: int, answers: Payload) -> Payload:
    """What both sides would sign to let a project go on where it rested."""
    project = held(subject_id)
    row = _open_pause(project)
    if row is None:
        raise DomainError(WhyNot.NOT_A_STEP.value, _("This project is not paused."))
    ensure_can(project, row.stage_before, {Hand.BOTH})
    return {"pause": row.id, "stage": row.stage_before.value}


def resume(signed: Signed) -> Pause:
    """Let a project go on; joins the transaction of the second signature."""
    project = _of(signed)
    row = _open_pause(project)
    if row is None:
        raise DomainError(WhyNot.NOT_A_STEP.value, str(WHY_NOT[WhyNot.NOT_A_STEP]))
    ensure_can(project, row.stage_before, {Hand.BOTH})
    project.stage, row.ended_at, row.resumption_id = row.stage_before, now(), signed.agreement_id
    event = ProjectResumed(
        actor_id=signed.last_signer_id,
        project_id=project.id,
        pause_id=row.id,
        agreement_id=signed.agreement_id,
        stage=project.stage,
    )
    publish(event)
    return row


def to_cancel(subject_id: int, answers: Payload) -> Payload:
    """What both sides would sign to give a project up, once a clerk has put it before them."""
    project = held(subject_id)
    clerk = db.session.get(Person, answers["clerk_id"])
    asked = clerk is not None and actor_of(clerk).holds(Role.CLERK, project.cycle.neighborhood_id)
    ensure_can(project, ProjectStage.CANCELLED, _hands(asked), reason=answers["reason"])
    unspent_cents = spending.balance_of(project.id).unspent_cents
    said = {"reason": answers["reason"].strip(), "returned_cents": unspent_cents}
    return said | {"clerk_id": answers["clerk_id"]}


def cancel(signed: Signed) -> Cancellation:
    """Give a project up for good; whatever else waits for signatures ends. Joins the last signature's transaction."""
    project, payload = _of(signed), signed.payload
    ensure_can(project, ProjectStage.CANCELLED, _hands(True), reason=payload["reason"])
    rests = _open_pause(project)
    if rests is not None:
        rests.ended_at = now()
    project.stage = ProjectStage.CANCELLED
    row = Cancellation(
        project_id=project.id,
        reason=payload["reason"],
        returned_cents=payload["returned_cents"],
        clerk_id=payload["clerk_id"],
        agreement_id=signed.agreement_id,
        cancelled_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    signing.end_open(project.id, Ending.WITHDRAWN, by_id=signed.last_signer_id)
    publish(
        ProjectCancelled(
            actor_id=signed.last_signer_id,
            project_id=project.id,
            cycle_id=project.cycle_id,
            agreement_id=signed.agreement_id,
            clerk_id=row.clerk_id,
            returned_cents=row.returned_cents,
            reason=row.reason,
        )
    )
    return row


def _propose(kind: MatterKind, project_id: int, answers: Payload, by: Actor) -> int:
    command = Propose(kind=kind, task_force_id=body_of(project_id), project_id=project_id, answers=answers)
    return signing.propose(command, by=by)


def _hands(clerk_asks: bool) -> frozenset[Hand]:
    return frozenset({Hand.BOTH_AND_CLERK} if clerk_asks else {Hand.BOTH})


def _is_clerk(by: Actor, project_id: int) -> bool:
    project = db.session.get(Project, project_id)
    if project is None:
        raise NotFound
    return by.holds(Role.CLERK, project.cycle.neighborhood_id)


def _of(signed: Signed) -> Project:
    assert signed.project_id is not None
    return held(signed.project_id)


def _open_pause(project: Project) -> Pause | None:
    query = sa.select(Pause).where(Pause.project_id == project.id, Pause.ended_at.is_(None))
    return db.session.scalars(query.with_for_update()).first()


PAUSE = Matter(payload=to_pause, told=words.told_pause, run=pause)
RESUMPTION = Matter(payload=to_resume, told=words.told_resumption, run=resume)
CANCELLATION = Matter(payload=to_cancel, told=words.told_cancellation, run=cancel)
