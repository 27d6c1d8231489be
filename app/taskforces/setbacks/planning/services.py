"""What both sides sign about a setback: a plan of corrective actions, or that they accept it and why.

`MATTERS` of `app/wiring.py` names these: `to_…` is what is agreed, `…_told` how it reads, and the verb runs with the
last signature. The subject of an agreement is the project or the task force; its payload names the setback.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, transaction
from app.core.errors import NotFound, ensure
from app.core.events import publish
from app.taskforces.setbacks import services as setbacks
from app.taskforces.setbacks.actions.rules import ActionStage
from app.taskforces.setbacks.events import SetbackAccepted, SetbackPlanAgreed
from app.taskforces.setbacks.models import CorrectiveAction, Setback
from app.taskforces.setbacks.rules import MOST_ACTIONS, NEXT, REVIEW_DAYS, Deed, Step, code
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.signing.services import Propose

Payload = Mapping[str, Any]
Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class PlanAction:
    """A step against a setback, who takes it, by when, and why it should work."""

    step: str
    owner: str
    due_on: date
    evidence: str


@dataclass(frozen=True, kw_only=True)
class ProposePlan:
    """What is to be done, and by when its effect is measured."""

    actions: Sequence[PlanAction]
    check_on: date


def propose_plan(setback_id: int, command: ProposePlan, *, by: Actor) -> int:
    """Put a plan before both sides; returns the id of the agreement that waits for their signatures."""
    with transaction():
        setback = _proposable(setback_id, Step.AGREE, by)
        on = setbacks.place_of(setback).on
        few = _("Say at least one thing that will be done.")
        ensure(0 < len(command.actions) <= MOST_ACTIONS, "no_action", few, field="actions")
        past = _("Choose today or a day to come.")
        ensure(all(each.due_on >= on for each in command.actions), "in_the_past", past, field="actions")
        early = _("The effect can be measured only once everything is done.")
        ensure(command.check_on >= max(a.due_on for a in command.actions), "too_early", early, field="check_on")
        actions = [
            {"step": a.step, "owner": a.owner, "due_on": a.due_on.isoformat(), "evidence": a.evidence}
            for a in command.actions
        ]
        answers = {"setback_id": setback.id, "actions": actions, "check_on": command.check_on.isoformat()}
        return _proposed(MatterKind.SETBACK_PLAN, setback, answers, by)


def propose_acceptance(setback_id: int, reason: str, *, by: Actor) -> int:
    """Ask both sides to accept a setback, or to accept it for another year."""
    with transaction():
        setback = _proposable(setback_id, Step.ACCEPT, by)
        review_on = setbacks.place_of(setback).on + timedelta(days=REVIEW_DAYS)
        answers = {"setback_id": setback.id, "reason": reason, "review_on": review_on.isoformat()}
        return _proposed(MatterKind.SETBACK_ACCEPTED, setback, answers, by)


def to_plan(subject_id: int, answers: Payload) -> Payload:
    """What is agreed about a plan as things stand; refused where the setback waits for none."""
    setback = _subject(subject_id, answers)
    setbacks.ensure_step(setback, Step.AGREE)
    facts = {"setback_id": setback.id, "code": code(setback.number), "title": setback.title, "plan": setback.plan + 1}
    return {**facts, "actions": list(answers["actions"]), "check_on": answers["check_on"]}


def to_accept(subject_id: int, answers: Payload) -> Payload:
    """What is agreed when a setback is accepted; refused where it cannot be."""
    setback = _subject(subject_id, answers)
    setbacks.ensure_step(setback, Step.ACCEPT)
    facts = {"setback_id": setback.id, "code": code(setback.number), "title": setback.title}
    return {**facts, "reason": answers["reason"], "review_on": answers["review_on"]}


def plan_told(payload: Payload, _currency: str) -> Lines:
    """A plan line by line."""
    lines = [(_("Setback"), f"{payload['code']}: {payload['title']}")]
    for number, each in enumerate(payload["actions"], start=1):
        words = _(
            "%(step)s Done by %(owner)s until %(day)s. Why it should work: %(why)s",
            step=each["step"],
            owner=each["owner"],
            day=_day(each["due_on"]),
            why=each["evidence"],
        )
        lines.append((_("Corrective action %(number)s", number=number), words))
    return [*lines, (_("Effect measured by"), _day(payload["check_on"]))]


def acceptance_told(payload: Payload, _currency: str) -> Lines:
    """An acceptance line by line."""
    return [
        (_("Setback"), f"{payload['code']}: {payload['title']}"),
        (_("Nothing is done about it because"), payload["reason"]),
        (_("Looked at again by"), _day(payload["review_on"])),
    ]


def agree_plan(signed: Signed) -> None:
    """The plan holds: its actions are open, and its effect is due on a day. Joins the last signature."""
    with transaction():
        setback = setbacks.held(int(signed.payload["setback_id"]))
        setbacks.ensure_step(setback, Step.AGREE)
        setback.plan, setback.agreement_id = setback.plan + 1, signed.agreement_id
        db.session.add_all(_action(setback, each) for each in signed.payload["actions"])
        setback.planned_on = setbacks.place_of(setback).on
        setback.stage = NEXT[setback.stage, Step.AGREE]
        setback.due_on = date.fromisoformat(signed.payload["check_on"])
        db.session.flush()
        publish(
            SetbackPlanAgreed(
                actor_id=signed.last_signer_id,
                setback_id=setback.id,
                project_id=setback.project_id,
                agreement_id=signed.agreement_id,
                plan=setback.plan,
                actions=len(signed.payload["actions"]),
                check_on=setback.due_on,
            )
        )


def accept(signed: Signed) -> None:
    """Both sides live with it until its review. Joins the last signature."""
    with transaction():
        setback = setbacks.held(int(signed.payload["setback_id"]))
        setbacks.ensure_step(setback, Step.ACCEPT)
        setback.accepted_because, setback.agreement_id = signed.payload["reason"], signed.agreement_id
        setback.accepted_on = setbacks.place_of(setback).on
        setback.stage = NEXT[setback.stage, Step.ACCEPT]
        setback.due_on = date.fromisoformat(signed.payload["review_on"])
        publish(
            SetbackAccepted(
                actor_id=signed.last_signer_id,
                setback_id=setback.id,
                project_id=setback.project_id,
                agreement_id=signed.agreement_id,
                review_on=setback.due_on,
            )
        )


def _proposable(setback_id: int, step: Step, by: Actor) -> Setback:
    setback = db.session.get(Setback, setback_id)
    if setback is None:
        raise NotFound
    setbacks.ensure_may(Deed.PROPOSE, setback, by)
    setbacks.ensure_step(setback, step)
    return setback


def _proposed(kind: MatterKind, setback: Setback, answers: Payload, by: Actor) -> int:
    body_id = setbacks.place_of(setback).task_force_id
    return signing.propose(
        Propose(kind=kind, task_force_id=body_id, project_id=setback.project_id, answers=answers), by=by
    )


def _subject(subject_id: int, answers: Payload) -> Setback:
    setback = db.session.get(Setback, int(answers["setback_id"]))
    if setback is None or subject_id != (setback.project_id or setback.task_force_id):
        raise NotFound
    return setback


def _action(setback: Setback, told: Mapping[str, str]) -> CorrectiveAction:
    return CorrectiveAction(
        setback_id=setback.id,
        plan=setback.plan,
        step=told["step"],
        owner=told["owner"],
        evidence=told["evidence"],
        due_on=date.fromisoformat(told["due_on"]),
        stage=ActionStage.OPEN,
    )


def _day(told: str) -> str:
    return str(format_date(date.fromisoformat(told), "long", rebase=False))
