"""The verbs of a setback: report it, let a rule open it, acknowledge, find the cause.

What both sides sign (a plan, or that it is accepted) is in `planning`, the corrective actions are in `actions`, and
what became of them in `effects`. Whoever opens one holds its neighborhood last, so that numbers have no gap.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, hold, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.rules import canonical
from app.places.workdays.queries import working_day_after
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.seats import queries as seats
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks import policies, queries, words
from app.taskforces.setbacks.actions.rules import UNVERIFIED
from app.taskforces.setbacks.events import (
    SetbackAcknowledged,
    SetbackAnalysed,
    SetbackReported,
    SetbackTakenUp,
)
from app.taskforces.setbacks.models import Setback, SetbackReport
from app.taskforces.setbacks.queries import SetbackRow
from app.taskforces.setbacks.rules import (
    ACKNOWLEDGE_DAYS,
    NEXT,
    PLAN_DAYS,
    Deed,
    Part,
    RootCause,
    SetbackStage,
    Severity,
    Source,
    Standing,
    Step,
    why_not,
)

NOBODYS = frozenset({ProjectStage.FUNDED, ProjectStage.CANCELLED})
"""Nobody deals with setbacks of a project that has no task force yet, or that was stopped."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What went wrong belongs to one of the two."""

    project_id: int | None = None
    task_force_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportSetback:
    """What went wrong, for everybody to read."""

    title: str
    description: str
    effect: str
    severity: Severity
    source: Source
    found_on: date


@dataclass(frozen=True, kw_only=True)
class Acknowledge:
    """What happened, in the words of the task force, and how bad it is."""

    title: str
    description: str
    effect: str
    severity: Severity


@dataclass(frozen=True, kw_only=True)
class Analyse:
    """What caused it and how we know; what it costs in days, in cents, and for how many people, where that is known."""

    cause: str
    evidence: str
    root_causes: Collection[RootCause]
    days: int | None = None
    cents: int | None = None
    people: int | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a setback would be about, by name, whose it would be to deal with, and the day there."""

    project_id: int | None
    task_force_id: int
    name: str
    task_force: str
    slug: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a setback belongs, whose it is to deal with, and the day there."""

    about: About
    neighborhood_id: int
    task_force_id: int
    on: date


def report(about: About, command: ReportSetback, *, by: Actor) -> Setback:
    """Say openly what went wrong; where a co-chair says it, the task force has acknowledged it with that."""
    with transaction():
        place = _place(about)
        mine = _ensure_may(Deed.REPORT, place, by)
        future = _("This day has not come yet.")
        ensure(command.found_on <= place.on, "in_the_future", future, field="found_on")
        knows = Part.CHAIR in mine.parts
        days = PLAN_DAYS if knows else ACKNOWLEDGE_DAYS
        setback = Setback(
            source=command.source,
            stage=SetbackStage.ACKNOWLEDGED if knows else SetbackStage.REPORTED,
            severity=command.severity,
            title=command.title,
            description=command.description,
            effect=command.effect,
            found_on=command.found_on,
            due_on=working_day_after(place.neighborhood_id, place.on, days),
            acknowledged_on=place.on if knows else None,
        )
        return _opened(setback, place, by)


def tell(about: About, told: str, *, by: Actor | None) -> Setback:
    """What anybody writes on the form goes to the co-chairs; public is that something was reported."""
    with transaction():
        place = _place(about)
        setback = Setback(
            source=Source.OTHER,
            stage=SetbackStage.REPORTED,
            found_on=place.on,
            due_on=working_day_after(place.neighborhood_id, place.on, ACKNOWLEDGE_DAYS),
        )
        _opened(setback, place, by)
        db.session.add(SetbackReport(setback_id=setback.id, told=told, person_id=by.id if by else None))
        db.session.flush()
    return setback


def open_by_rule(project_id: int, source: Source, rule: int, facts: Mapping[str, Any]) -> int:
    """Let a domain rule open a setback about a project; returns its id, or that of the one it opened for this before.

    The same facts are the same setback: they hold ids, days and amounts that make the case, never words of residents. A
    `milestone_id` among them ties it to that milestone. Joins the transaction of what broke the rule.
    """
    with transaction():
        opened_for = f"{project_id}:{source.value}:{sha256(canonical(dict(facts)).encode()).hexdigest()[:40]}"
        place = _place(About(project_id=project_id))
        before = db.session.scalar(sa.select(Setback.id).where(Setback.opened_for == opened_for))
        if before is not None:
            return before
        setback = Setback(
            source=source,
            rule=rule,
            opened_for=opened_for,
            facts=dict(facts),
            milestone_id=facts.get("milestone_id"),
            stage=SetbackStage.REPORTED,
            found_on=place.on,
            due_on=working_day_after(place.neighborhood_id, place.on, ACKNOWLEDGE_DAYS),
        )
        return _opened(setback, place, None).id


def acknowledge(setback_id: int, command: Acknowledge, *, by: Actor) -> Setback:
    """The task force says in its own words what happened; a plan is due within twenty working days."""
    with transaction():
        setback, place, _mine = stepping(setback_id, Deed.ACKNOWLEDGE, Step.ACKNOWLEDGE, by)
        due_on = working_day_after(place.neighborhood_id, place.on, PLAN_DAYS)
        setback.title, setback.description, setback.effect = command.title, command.description, command.effect
        setback.severity, setback.acknowledged_on = command.severity, place.on
        move(setback, Step.ACKNOWLEDGE, due_on=due_on)
        publish(
            SetbackAcknowledged(
                actor_id=by.id,
                setback_id=setback.id,
                project_id=setback.project_id,
                severity=command.severity,
                due_on=setback.due_on,
                title=command.title,
            )
        )
    return setback


def analyse(setback_id: int, command: Analyse, *, by: Actor) -> Setback:
    """What caused it, and how anybody can see that; the day of the plan stays."""
    with transaction():
        setback, place, _mine = stepping(setback_id, Deed.ANALYSE, Step.ANALYSE, by)
        none = _("Choose at least one, so that the same cause is found again elsewhere.")
        ensure(bool(command.root_causes), "no_root_cause", none, field="root_causes")
        setback.cause, setback.cause_evidence, setback.analysed_on = command.cause, command.evidence, place.on
        setback.root_causes = sorted({each.value for each in command.root_causes})
        setback.effect_days, setback.effect_cents = command.days, command.cents
        setback.effect_people = command.people
        move(setback, Step.ANALYSE, due_on=setback.due_on)
        publish(
            SetbackAnalysed(
                actor_id=by.id,
                setback_id=setback.id,
                project_id=setback.project_id,
                root_causes=tuple(setback.root_causes),
                cause=command.cause,
            )
        )
    return setback


def take_up(setback_id: int, *, by: Actor) -> Setback:
    """An accepted setback is dealt with after all: its cause is found anew, a plan is due in twenty working days."""
    with transaction():
        setback, place, _mine = stepping(setback_id, Deed.TAKE_UP, Step.TAKE_UP, by)
        move(setback, Step.TAKE_UP, due_on=working_day_after(place.neighborhood_id, place.on, PLAN_DAYS))
        publish(
            SetbackTakenUp(actor_id=by.id, setback_id=setback.id, project_id=setback.project_id, due_on=setback.due_on)
        )
    return setback


def facts_of(about: About, *, by: Actor | None = None) -> Facts:
    """What a form about a project or a task force says at its top; refused where nobody can deal with it, and where
    `by` is given and may not report openly."""
    place = _place(about)
    if by is not None:
        _ensure_may(Deed.REPORT, place, by)
    project = db.session.get(Project, about.project_id) if about.project_id is not None else None
    body = db.session.get_one(TaskForce, place.task_force_id)
    name = project.title if project else body.name
    return Facts(
        project_id=about.project_id,
        task_force_id=body.id,
        name=name,
        task_force=body.name,
        slug=body.slug,
        on=place.on,
    )


def may_report(about: About, by: Actor | None) -> bool:
    """Whether somebody can say openly what went wrong, instead of telling the co-chairs."""
    place = _place(about)
    return policies.may(Deed.REPORT, queries.standing(by, place.task_force_id, place.neighborhood_id, place.on))


def ensure_open_to(row: SetbackRow, deed: Deed, *, by: Actor) -> None:
    """Refuse, before a form is shown, whoever may not do this."""
    here = today(row.time_zone)
    mine = queries.standing(by, row.task_force_id, row.neighborhood_id, here, project_id=row.project_id)
    ensure_standing(policies.may(deed, mine), _not_yours())


def stepping(
    setback_id: int, deed: Deed, step: Step, by: Actor, *, against: Side | None = None
) -> tuple[Setback, Place, Standing]:
    """The setback, locked, once it is sure that `by` may do this and that the step is next; `against` is the side that
    acted before, where the other one has to."""
    setback = held(setback_id)
    place = place_of(setback)
    mine = _ensure_may(deed, place, by)
    unverified = sum(each.plan == setback.plan and each.stage in UNVERIFIED for each in setback.actions)
    ensure_step(setback, step, unverified=unverified, same_side=against is not None and mine.side == against)
    return setback, place, mine


def ensure_step(setback: Setback, step: Step, *, unverified: int = 0, same_side: bool = False) -> None:
    """Refuse a step that is not next, with its reason."""
    reason = why_not(setback.stage, step, unverified=unverified, same_side=same_side)
    if reason is not None:
        ensure(False, reason.value, str(words.WHY_NOT[reason]))


def held(setback_id: int) -> Setback:
    """The setback, locked; NotFound where there is none."""
    setback = locked(Setback, setback_id)
    if setback is None:
        raise NotFound
    return setback


def place_of(setback: Setback) -> Place:
    """Where a setback belongs, and the day there."""
    return _place(About(project_id=setback.project_id, task_force_id=setback.task_force_id))


def side_of(mine: Standing) -> Side:
    """The side on which somebody acts who may act."""
    assert mine.side is not None  # whoever chairs or is a member sits on a side
    return Side(mine.side)


def ensure_may(deed: Deed, setback: Setback, by: Actor) -> tuple[Place, Standing]:
    """Refuse whoever may not do this about a setback."""
    place = place_of(setback)
    return place, _ensure_may(deed, place, by)


def _ensure_may(deed: Deed, place: Place, by: Actor) -> Standing:
    about = place.about.project_id
    mine = queries.standing(by, place.task_force_id, place.neighborhood_id, place.on, project_id=about)
    allowed = policies.may(deed, mine)
    ensure_standing(allowed, _not_yours())
    return mine


def _not_yours() -> str:
    return str(_("Only the task force that this belongs to can do this. Anybody can report a setback."))


def _place(about: About) -> Place:
    if about.project_id is not None:
        project = db.session.get(Project, about.project_id)
        if project is None:
            raise NotFound
        waits = _("No task force works on this project yet, or it was stopped: nobody can deal with a setback.")
        ensure(project.stage not in NOBODYS and project.task_force_id is not None, "nobodys", waits)
        body_id, where = project.task_force_id, project.cycle.neighborhood
    else:
        body = db.session.get(TaskForce, about.task_force_id)
        if body is None:
            raise NotFound
        body_id, where = body.id, body.neighborhood
    assert body_id is not None
    return Place(about=about, neighborhood_id=where.id, task_force_id=body_id, on=today(where.time_zone))


def _opened(setback: Setback, place: Place, by: Actor | None) -> Setback:
    hold("numbers of setbacks", place.neighborhood_id)  # not the neighborhood: who holds a task force locks it no more
    last = sa.select(sa.func.max(Setback.number)).where(Setback.neighborhood_id == place.neighborhood_id)
    setback.number = (db.session.scalar(last) or 0) + 1
    setback.neighborhood_id, setback.plan = place.neighborhood_id, 0
    setback.project_id, setback.task_force_id = place.about.project_id, place.about.task_force_id
    setback.reported_by_id, setback.reported_at = by.id if by else None, now()
    setback.facts, setback.root_causes = setback.facts or {}, []
    db.session.add(setback)
    db.session.flush()
    publish(
        SetbackReported(
            actor_id=setback.reported_by_id,
            setback_id=setback.id,
            task_force_id=place.task_force_id,
            chair_ids=tuple(sorted(seats.co_chair_ids(place.task_force_id, place.on))),
            project_id=setback.project_id,
            source=setback.source,
            stage=setback.stage,
            due_on=setback.due_on,
            rule=setback.rule,
            title=setback.title,
        )
    )
    return setback


def move(setback: Setback, step: Step, *, due_on: date) -> None:
    """Take a step that was found to be next; the one after it is due on a day."""
    setback.stage, setback.due_on = NEXT[setback.stage, step], due_on
