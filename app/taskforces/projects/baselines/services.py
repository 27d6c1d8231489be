"""What both sides agree on when they promise, and the verb that runs with the second signature."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.cycles.rules import canonical
from app.taskforces.projects.baselines import queries, words
from app.taskforces.projects.baselines.events import BaselineSet
from app.taskforces.projects.baselines.models import Baseline
from app.taskforces.projects.baselines.rules import Promised, renewed, why_not_renew
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.rules import MilestoneKind, Move, Who, may_move
from app.taskforces.projects.promises.services import ensure_said
from app.taskforces.projects.rules import Act, ProjectStage
from app.taskforces.projects.services import ensure_allowed, held, here
from app.taskforces.projects.stages.rules import Hand
from app.taskforces.projects.stages.services import body_of, ensure_can
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.signing.services import Matter, Propose

Payload = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a new promise says of one milestone: another day, or that it is dropped; with no id it is a new one."""

    id: int | None
    promised_on: str
    """As YYYY-MM-DD."""
    dropped: bool = False
    title: str = ""
    done_means: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Renew:
    """A new promise in place of the one that stands: why, for which milestones, and the scope if it changes."""

    reason: str
    scope: str | None
    milestones: tuple[Wanted, ...]


def propose(project_id: int, command: Renew | None, *, by: Actor) -> int:
    """Put a promise before both sides, the plan as it is (None) or a renewed one; returns the id of the agreement."""
    answers = asdict(command) if command is not None else {}
    body_id = body_of(project_id)
    return signing.propose(
        Propose(kind=MatterKind.BASELINE, task_force_id=body_id, project_id=project_id, answers=answers), by=by
    )


def to_baseline(subject_id: int, answers: Payload) -> Payload:
    """What both sides would promise now: the plan of a project, or its promise renewed as the answers say."""
    project = held(subject_id)
    number, scope = queries.latest(subject_id)
    if project.stage is ProjectStage.MOBILISING:
        ensure_can(project, ProjectStage.PLANNING, {Hand.BOTH})
        promise = _standing(project.id)
        late = _("A day of the plan has passed already. Take that milestone out and plan it anew.")
        ensure(all(each.promised_on >= here(project) for each in promise), "in_the_past", late)
        return _payload(project, number + 1, promise, reason=None, scope=None)
    ensure_allowed(project.stage, Act.REBASELINE)
    reason, wanted_scope = answers.get("reason") or "", answers.get("scope") or None
    ensure_said(reason, "reason")
    changed_scope = wanted_scope if wanted_scope not in (None, scope, project.scope) else None
    promise = renewed(_standing(project.id), answers.get("milestones") or ())
    refusal = why_not_renew(promise, scope_changes=changed_scope is not None, today=here(project))
    if refusal is not None:
        raise DomainError(refusal.value, str(words.WHY_NOT[refusal]), field="reason")
    return _payload(project, number + 1, promise, reason=reason, scope=changed_scope)


def set_baseline(signed: Signed) -> Baseline:
    """Make it the promise; joins the transaction of the second signature."""
    assert signed.project_id is not None
    project, payload = held(signed.project_id), signed.payload
    if project.stage is ProjectStage.MOBILISING:
        ensure_can(project, ProjectStage.PLANNING, {Hand.BOTH})
        project.stage = ProjectStage.PLANNING
    copy = [_settled(project, each) for each in payload["milestones"]]
    row = Baseline(
        project_id=project.id,
        number=payload["number"],
        agreement_id=signed.agreement_id,
        agreed_at=now(),
        reason=payload["reason"],
        scope=payload["scope"],
        allocated_cents=payload["allocated_cents"],
        milestones=canonical({"milestones": copy}),
    )
    db.session.add(row)
    db.session.flush()
    dropped = [each["id"] for each in copy if each["dropped"]]
    for milestone_id in dropped:
        db.session.get_one(Milestone, milestone_id).dropped_in_id = row.id
    db.session.flush()
    publish(
        BaselineSet(
            actor_id=signed.last_signer_id,
            project_id=project.id,
            baseline_id=row.id,
            number=row.number,
            agreement_id=signed.agreement_id,
            milestones=len(copy) - len(dropped),
            dropped=len(dropped),
            finish_on=max(date.fromisoformat(each["promised_on"]) for each in copy if not each["dropped"]),
            allocated_cents=row.allocated_cents,
            reason=row.reason,
        )
    )
    return row


def _standing(project_id: int) -> list[Promised]:
    needs = promises.needs_of(project_id)
    return [
        Promised(
            id=row.id,
            title=row.title,
            done_means=row.done_means,
            kind=row.kind,
            lead=row.lead,
            needs=needs.get(row.id, ()),
            promised_on=row.baseline_on,
            is_open=may_move(promises.stage_now(row), Move.DROP, Who.BOTH),
        )
        for row in promises.rows_of(project_id)
        if row.dropped_in_id is None
    ]


def _payload(
    project: Project, number: int, promise: Sequence[Promised], *, reason: str | None, scope: str | None
) -> Payload:
    return {
        "number": number,
        "reason": reason,
        "scope": scope,
        "allocated_cents": project.allocated_cents,
        "milestones": [each.told() for each in promise],
    }


def _settled(project: Project, each: Payload) -> dict[str, Any]:
    """Move a milestone to its promised day, or make the one that is new; its line of the copy."""
    on = date.fromisoformat(each["promised_on"])
    if each["id"] is not None:
        row = db.session.get_one(Milestone, each["id"])
        if not each["dropped"] and row.baseline_on != on:
            row.baseline_on = row.forecast_on = on
        return dict(each)
    row = Milestone(
        project_id=project.id,
        position=max(each.position for each in promises.rows_of(project.id)) + 1,
        title=each["title"],
        done_means=each["done_means"],
        kind=MilestoneKind(each["kind"]),
        lead=each["lead"],
        baseline_on=on,
        forecast_on=on,
    )
    db.session.add(row)
    db.session.flush()
    return {**each, "id": row.id}


BASELINE = Matter(payload=to_baseline, told=words.told, run=set_baseline)
