"""Reading setbacks: the public register, one setback, what a stranger wrote, and who may do what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.core.access import Actor, Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code as project_code
from app.taskforces.seats import queries as seats
from app.taskforces.seats.queries import SeatFacts
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.setbacks import rules, words
from app.taskforces.setbacks.actions.rules import UNVERIFIED, ActionStage, Finding, is_overdue
from app.taskforces.setbacks.models import CorrectiveAction, EffectCheck, Setback, SetbackReport
from app.taskforces.setbacks.rules import NOBODY, OPEN, Part, SetbackStage, Severity, Source, Standing


@dataclass(frozen=True, kw_only=True)
class ActionRow:
    """A corrective action."""

    id: int
    plan: int
    step: str
    owner: str
    evidence: str | None
    due_on: date
    stage: ActionStage
    claim: str | None
    claimed_on: date | None
    claimed_side: Side | None
    verify_by: date | None
    finding: Finding | None
    found: str | None
    verified_on: date | None
    verified_side: Side | None

    def overdue(self, on: date) -> bool:
        """Whether it was not even claimed by its day."""
        return is_overdue(self.stage, self.due_on, on)


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """What was measured once a plan was carried out."""

    plan: int
    helped: bool
    measured: str
    side: Side
    checked_on: date


@dataclass(frozen=True, kw_only=True)
class SetbackRow:
    """A setback as everybody reads it, with its corrective actions in the order they were planned."""

    id: int
    code: str
    neighborhood_id: int
    neighborhood: str
    neighborhood_slug: str
    time_zone: str
    currency: str
    project_id: int | None
    project_code: str | None
    project_title: str | None
    task_force_id: int | None
    """Whose it is to deal with: that of its project, or the one it is about."""
    task_force: str | None
    task_force_slug: str | None
    milestone_id: int | None
    source: Source
    rule: int | None
    facts: Mapping[str, Any]
    stage: SetbackStage
    severity: Severity | None
    title: str
    description: str | None
    effect: str | None
    effect_days: int | None
    effect_cents: int | None
    effect_people: int | None
    cause: str | None
    cause_evidence: str | None
    root_causes: tuple[str, ...]
    plan: int
    accepted_because: str | None
    agreement_id: int | None
    found_on: date
    due_on: date
    acknowledged_on: date | None
    analysed_on: date | None
    planned_on: date | None
    accepted_on: date | None
    resolved_on: date | None
    reported_at: datetime
    actions: tuple[ActionRow, ...] = ()
    checks: tuple[CheckRow, ...] = ()

    @property
    def current(self) -> tuple[ActionRow, ...]:
        """The actions of the plan that holds."""
        return tuple(action for action in self.actions if action.plan == self.plan)

    @property
    def ready(self) -> bool:
        """Whether every action of the plan is verified, so that its effect can be measured."""
        verified = bool(self.current) and not any(action.stage in UNVERIFIED for action in self.current)
        return self.stage is SetbackStage.CORRECTING and verified

    @property
    def check(self) -> CheckRow | None:
        """What was measured of the plan that holds."""
        return next((each for each in self.checks if each.plan == self.plan), None)

    def overdue(self, on: date) -> bool:
        """Whether its next step is past its day."""
        return rules.is_overdue(self.stage, self.due_on, on)

    def days_over(self, on: date) -> int:
        """By how many days its next step is past its day."""
        return max(0, (on - self.due_on).days) if self.overdue(on) else 0


@dataclass(frozen=True, kw_only=True)
class RegisterFilter:
    """What a visitor looks for in the register; an empty value means any."""

    state: str = ""
    source: str = ""
    severity: str = ""
    task_force: str = ""
    neighborhood: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits for a task force about a setback: since when, until when, and for which side (None: either)."""

    setback: SetbackRow
    action: ActionRow | None
    since_on: date
    due_on: date
    side: Side | None


def setbacks(*project_ids: int) -> list[SetbackRow]:
    """The setbacks of these projects, newest first, in three statements."""
    return _whole(Setback.project_id.in_(project_ids))


def of_task_force(task_force_id: int) -> list[SetbackRow]:
    """What went wrong in a task force as a whole, newest first."""
    return _whole(Setback.task_force_id == task_force_id)


def of_neighborhood(neighborhood_id: int) -> list[SetbackRow]:
    """Everything that went wrong in a neighborhood, newest first, in three statements."""
    return _whole(Setback.neighborhood_id == neighborhood_id)


def setback(setback_id: int) -> SetbackRow:
    """One setback; NotFound where there is none."""
    found = _whole(Setback.id == setback_id)
    if not found:
        raise NotFound
    return found[0]


def register(wanted: RegisterFilter | None = None, among: list[SetbackRow] | None = None) -> list[SetbackRow]:
    """Every setback that fits, those past their day first, then the open ones, then the rest, newest first.

    In one statement, without their actions; filtered here, since the database knows no computed words.
    """
    wanted = wanted or RegisterFilter()
    found = [row for row in (_rows(sa.true()) if among is None else among) if _fits(row, wanted)]
    return sorted(found, key=lambda row: (-row.days_over(today(row.time_zone)), row.stage not in OPEN))


def told(setback_id: int) -> str | None:
    """What somebody wrote on the form, for those who may read it; None where nobody did."""
    return db.session.scalar(sa.select(SetbackReport.told).where(SetbackReport.setback_id == setback_id))


def standing(
    actor: Actor | None, task_force_id: int | None, neighborhood_id: int, on: date, *, project_id: int | None = None
) -> Standing:
    """What somebody is to a task force on a day: a chair is whoever may sign for a side then (rules 1 and 3)."""
    if actor is None:
        return NOBODY
    parts, side = {Part.ANYBODY}, None
    if task_force_id is not None:
        chairs = seats.signers([task_force_id], on, project_id=project_id)
        signer = next((each for each in chairs if each.person_id == actor.id), None)
        seat = signer or _seat(task_force_id, actor.id, on)
        if seat is not None:
            parts.add(Part.CHAIR if signer else Part.MEMBER)
            side = seat.side
    parts |= {Part.CLERK} if actor.holds(Role.CLERK, neighborhood_id) else set()
    parts |= {Part.OVERSEER} if actor.holds(Role.OVERSEER, neighborhood_id) else set()
    return Standing(parts=frozenset(parts), side=side)


def waiting(task_force_ids: Collection[int], on: date) -> list[Waiting]:
    """What waits for these task forces, the longest overdue first; an action that is claimed for the other side."""
    mine = sa.or_(Setback.task_force_id.in_(task_force_ids), Project.task_force_id.in_(task_force_ids))
    found: list[Waiting] = []
    for row in _whole(mine, Setback.stage != SetbackStage.RESOLVED):
        claimed = [each for each in row.current if each.stage is ActionStage.CLAIMED]
        found += [_verifying(row, each) for each in claimed]
        if not claimed and (row.stage is not SetbackStage.ACCEPTED or row.overdue(on)):
            since = row.planned_on or row.analysed_on or row.acknowledged_on or row.found_on
            side = _other(row.check.side) if row.stage is SetbackStage.CHECKED and row.check else None
            found.append(Waiting(setback=row, action=None, since_on=since, due_on=row.due_on, side=side))
    return sorted(found, key=lambda each: each.due_on)


def _verifying(row: SetbackRow, action: ActionRow) -> Waiting:
    side = _other(action.claimed_side) if action.claimed_side else None
    since = action.claimed_on or row.found_on
    return Waiting(setback=row, action=action, since_on=since, due_on=action.verify_by or since, side=side)


def _other(side: Side) -> Side:
    return Side.INSTITUTION if side is Side.COMMUNITY else Side.COMMUNITY


def _seat(task_force_id: int, person_id: int, on: date) -> SeatFacts | None:
    held = (row for row in seats.held_by(person_id, on) if row.holds(on))
    mine = (row for row in held if row.task_force_id == task_force_id)
    return next((row for row in mine if row.kind is not SeatKind.OBSERVER), None)


def _fits(row: SetbackRow, wanted: RegisterFilter) -> bool:
    here = today(row.time_zone)
    states = {
        "": True,
        "open": row.stage in OPEN,
        "overdue": row.overdue(here),
        "resolved": row.stage is SetbackStage.RESOLVED,
        "accepted": row.stage is SetbackStage.ACCEPTED,
    }
    haystack = f"{row.code} {row.title} {row.description or ''} {row.project_title or ''}".casefold()
    return (
        states.get(wanted.state, False)
        and wanted.source in ("", row.source.value)
        and wanted.severity in ("", row.severity.value if row.severity else None)
        and wanted.task_force in ("", row.task_force_slug)
        and wanted.neighborhood in ("", row.neighborhood_slug)
        and all(word in haystack for word in wanted.words.casefold().split())
    )


def _whole(*conditions: sa.ColumnElement[bool]) -> list[SetbackRow]:
    found = _rows(*conditions)
    ids = [row.id for row in found]
    actions, checks = (_actions(ids), _checks(ids)) if ids else ({}, {})
    return [replace(row, actions=tuple(actions.get(row.id, ())), checks=tuple(checks.get(row.id, ()))) for row in found]


def _rows(*conditions: sa.ColumnElement[bool]) -> list[SetbackRow]:
    query = (
        sa.select(Setback, Neighborhood, Project.number, Project.title, Cycle.year, TaskForce)
        .join(Neighborhood, Neighborhood.id == Setback.neighborhood_id)
        .outerjoin(Project, Project.id == Setback.project_id)
        .outerjoin(Cycle, Cycle.id == Project.cycle_id)
        .outerjoin(TaskForce, TaskForce.id == sa.func.coalesce(Setback.task_force_id, Project.task_force_id))
        .where(*conditions)
        .order_by(Setback.found_on.desc(), Setback.id.desc())
    )
    return [_row(*found) for found in db.session.execute(query)]


_SAME = (
    "id neighborhood_id project_id milestone_id source rule facts stage severity description effect effect_days"
    " effect_cents effect_people cause cause_evidence plan accepted_because agreement_id found_on due_on"
    " acknowledged_on analysed_on planned_on accepted_on resolved_on reported_at"
).split()


def _row(
    row: Setback, where: Neighborhood, number: int | None, title: str | None, year: int | None, body: TaskForce | None
) -> SetbackRow:
    return SetbackRow(
        **{name: getattr(row, name) for name in _SAME},
        code=rules.code(row.number),
        title=words.title(row.title, row.source, row.rule, row.facts),
        root_causes=tuple(row.root_causes),
        neighborhood=where.name,
        neighborhood_slug=where.slug,
        time_zone=where.time_zone,
        currency=where.currency,
        project_code=project_code(year, number) if year is not None and number is not None else None,
        project_title=title,
        task_force_id=body.id if body else None,
        task_force=body.name if body else None,
        task_force_slug=body.slug if body else None,
    )


_ACTION = (
    "id plan step owner evidence due_on stage claim claimed_on claimed_side verify_by finding found verified_on"
    " verified_side"
).split()


def _actions(setback_ids: list[int]) -> dict[int, list[ActionRow]]:
    rows = CorrectiveAction
    found: dict[int, list[ActionRow]] = {}
    for row in db.session.scalars(sa.select(rows).where(rows.setback_id.in_(setback_ids)).order_by(rows.id)):
        found.setdefault(row.setback_id, []).append(ActionRow(**{name: getattr(row, name) for name in _ACTION}))
    return found


def _checks(setback_ids: list[int]) -> dict[int, list[CheckRow]]:
    rows = EffectCheck
    names = ("plan", "helped", "measured", "side", "checked_on")
    found: dict[int, list[CheckRow]] = {}
    for row in db.session.scalars(sa.select(rows).where(rows.setback_id.in_(setback_ids)).order_by(rows.id)):
        found.setdefault(row.setback_id, []).append(CheckRow(**{name: getattr(row, name) for name in names}))
    return found
