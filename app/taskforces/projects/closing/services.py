"""What both sides agree on at completion, the step that follows with its report, and what comes later: snags, looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.taskforces.projects.closing import queries, words
from app.taskforces.projects.closing.events import ProjectCompleted, ProjectLookedAtAgain, SnagFixed
from app.taskforces.projects.closing.models import Completion, LaterCheck, Snag
from app.taskforces.projects.closing.queries import SignedRow
from app.taskforces.projects.closing.rules import MOST_SNAGS, CheckKind, Works, due_days
from app.taskforces.projects.models import Project
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.services import ensure_said
from app.taskforces.projects.rules import Act, ProjectStage
from app.taskforces.projects.services import held, here, led
from app.taskforces.projects.stages.queries import facts_of
from app.taskforces.projects.stages.rules import Hand, why_not_step
from app.taskforces.projects.stages.services import body_of, ensure_can
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.signing.services import Matter, Propose

Payload = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Left:
    """Something small that is still to be put right, by a day."""

    what: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class AskCompletion:
    """The list of what is left; if it is empty, somebody says so."""

    snags: tuple[Left, ...]
    nothing_left: bool


@dataclass(frozen=True, kw_only=True)
class LookAgain:
    """Whether it does what was promised, and how that was found out."""

    works: Works
    found: str


def propose(project_id: int, command: AskCompletion, *, by: Actor) -> int:
    """Put the completion before both sides; returns the id of the agreement."""
    snags = [{"what": each.what, "due_on": each.due_on.isoformat()} for each in command.snags]
    answers = {"snags": snags, "nothing_left": command.nothing_left}
    asked = Propose(
        kind=MatterKind.COMPLETION, task_force_id=body_of(project_id), project_id=project_id, answers=answers
    )
    return signing.propose(asked, by=by)


def to_complete(subject_id: int, answers: Payload) -> Payload:
    """What both sides would sign: every milestone with its day, and what is left to be put right."""
    project = held(subject_id)
    snags = list(answers.get("snags") or ())
    ensure(len(snags) <= MOST_SNAGS, "too_many", _("That is too much to be left: it is not completed yet."))
    nothing_left = bool(answers.get("nothing_left"))
    both = _("Either something is left, or nothing is.")
    ensure(not (snags and nothing_left), "both", both, field="nothing_left")
    _ensure_ahead(snags, here(project))
    _ensure_signable(project, snags_dated=bool(snags) or nothing_left)
    done = promises.milestones(project.id, here(project))
    lines = [{"id": m.id, "title": m.title, "actual_on": m.actual_on.isoformat()} for m in done if m.actual_on]
    return {"milestones": lines, "snags": snags, "nothing_left": nothing_left}


def agree(signed: Signed) -> None:
    """See that what both sides sign still holds; joins the transaction of the second signature.

    Nothing else happens with it. Its report is made from it, and completes the project once it is published.
    """
    assert signed.project_id is not None
    _ensure_signable(held(signed.project_id), snags_dated=True)


def complete(project_id: int, agreement_id: int) -> Completion | None:
    """Complete a project whose report is public from now on; joins the transaction of its publication.

    Nothing happens where the report was not made from what both sides have signed last, or where that does not hold
    any more: they sign anew, and the report has another edition.
    """
    with transaction():
        project = held(project_id)
        row = queries.signed([project_id]).get(project_id)
        facts = replace(facts_of(project), snags_dated=True, report_is_public=True)
        if row is None or row.agreement_id != agreement_id:
            return None
        if why_not_step(facts, ProjectStage.COMPLETED, {Hand.BOTH}) is not None:
            return None
        return _completed(project, row)


def _completed(project: Project, signed: SignedRow) -> Completion:
    project.stage = ProjectStage.COMPLETED
    days = due_days(here(project))
    row = Completion(
        project_id=project.id,
        agreement_id=signed.agreement_id,
        completed_at=now(),
        confirm_on=days[CheckKind.RESIDENTS],
        check_on=days[CheckKind.YEAR],
    )
    db.session.add(row)
    db.session.add_all(
        Snag(project_id=project.id, position=n, what=what, due_on=due_on)
        for n, (what, due_on) in enumerate(signed.snags, start=1)
    )
    db.session.flush()
    event = ProjectCompleted(
        actor_id=None,
        project_id=project.id,
        agreement_id=signed.agreement_id,
        snags=len(signed.snags),
        confirm_on=row.confirm_on,
        check_on=row.check_on,
    )
    publish(event)
    return row


def fix_snag(project_id: int, snag_id: int, how: str, *, by: Actor) -> Snag:
    """Note that something left at completion is put right today, and how anybody can see it."""
    with transaction():
        project = led(project_id, Act.FIX_SNAG, by)
        row = locked(Snag, snag_id)
        if row is None or row.project_id != project.id:
            raise NotFound
        ensure(row.fixed_on is None, "is_fixed", _("This is put right already."))
        ensure_said(how, "how")
        row.fixed_on, row.fixed_at, row.fixed_how, row.fixed_by_id = here(project), now(), how.strip(), by.id
        db.session.flush()
        event = SnagFixed(
            actor_id=by.id, project_id=project.id, snag_id=row.id, fixed_on=row.fixed_on, how=row.fixed_how
        )
        publish(event)
    return row


def look_again(project_id: int, kind: CheckKind, command: LookAgain, *, by: Actor) -> LaterCheck:
    """Write down what was found four weeks or twelve months after completion; the second makes it evaluated."""
    with transaction():
        project = led(project_id, Act.CHECK_AFTER, by)
        done = db.session.get(Completion, project.id)
        if done is None:
            raise NotFound
        facts = facts_of(project)
        there = {CheckKind.RESIDENTS: facts.residents_confirmed, CheckKind.YEAR: facts.checked_after_a_year}
        ensure(not there[kind], "checked_already", _("What was found then is written down already."))
        due_on = {CheckKind.RESIDENTS: done.confirm_on, CheckKind.YEAR: done.check_on}[kind]
        ensure(here(project) >= due_on, "too_early", _("It is too early to know: wait for its day."))
        ensure_said(command.found, "found")
        row = LaterCheck(
            project_id=project.id,
            kind=kind,
            works=command.works,
            found=command.found,
            checked_on=here(project),
            person_id=by.id,
        )
        db.session.add(row)
        db.session.flush()
        publish(_looked(project, row, is_evaluated=_evaluate(project)))
    return row


def _ensure_signable(project: Project, *, snags_dated: bool) -> None:
    """Refuse what cannot be signed now. The report is made from it and so cannot be out: it is asked at its step."""
    ensure_can(project, ProjectStage.COMPLETED, {Hand.BOTH}, snags_dated=snags_dated, report_is_public=True)


def _evaluate(project: Project) -> bool:
    """Make it evaluated if both looks are there."""
    if why_not_step(facts_of(project), ProjectStage.EVALUATED, {Hand.CHAIR}) is not None:
        return False
    project.stage = ProjectStage.EVALUATED
    return True


def _looked(project: Project, row: LaterCheck, *, is_evaluated: bool) -> ProjectLookedAtAgain:
    return ProjectLookedAtAgain(
        actor_id=row.person_id,
        project_id=project.id,
        check_id=row.id,
        kind=row.kind,
        works=row.works,
        is_evaluated=is_evaluated,
        found=row.found,
    )


def _ensure_ahead(snags: Sequence[Payload], on: date) -> None:
    if any(not on <= date.fromisoformat(each["due_on"]) <= on + timedelta(days=366) for each in snags):
        raise DomainError("no_snag_list", _("Choose a day within a year for each line."), field="snags")


COMPLETION = Matter(payload=to_complete, told=words.told, run=agree)
