"""The one verb of a plan: a clerk settles what the cycle asks before its ballot is fixed."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import deadline_now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, ensure_standing
from app.core.events import publish
from app.cycles import policies, queries
from app.cycles.models import Cycle
from app.cycles.plans import words
from app.cycles.plans.events import BallotPlanned
from app.cycles.plans.models import BallotPlan
from app.cycles.plans.rules import why_not
from app.cycles.rules import PlanFacts, moments_of


@dataclass(frozen=True, kw_only=True)
class PlanBallot:
    """What is asked; days as residents of the neighborhood read a calendar, the last ones included, None for none."""

    asks_short_texts: bool
    asks_task_forces: bool
    asks_confirmation: bool
    texts_last: date | None = None
    prices_first: date | None = None
    prices_last: date | None = None


def plan_ballot(cycle_id: int, command: PlanBallot, *, by: Actor) -> PlanFacts:
    """Settle what a cycle asks before its ballot is fixed; the earlier plan stays in the audit log."""
    with transaction():
        locked(Cycle, cycle_id)
        cycle = queries.facts(cycle_id, drafts=True)
        allowed = policies.may_edit(by, cycle.neighborhood_id)
        ensure_standing(allowed, _("Only clerks of this neighborhood edit its cycles."))
        plan = _facts(command, ZoneInfo(cycle.time_zone))
        reason = why_not(cycle, plan, deadline_now())
        if reason is not None:
            raise DomainError(reason.value, str(words.WHY_NOT[reason]), field=words.FIELD.get(reason))
        row = db.session.get(BallotPlan, cycle_id) or BallotPlan(cycle_id=cycle_id)
        row.asks_short_texts, row.asks_task_forces = plan.asks_short_texts, plan.asks_task_forces
        row.asks_confirmation, row.texts_until = plan.asks_confirmation, plan.texts_until
        row.prices_from, row.prices_until = plan.prices_from, plan.prices_until
        db.session.add(row)
        publish(_told(cycle_id, plan, by))
    return plan


def _facts(command: PlanBallot, zone: ZoneInfo) -> PlanFacts:
    def start(day: date | None) -> datetime | None:
        return None if day is None else moments_of(day, day, zone)[0]

    def end(day: date | None) -> datetime | None:
        return None if day is None else moments_of(day, day, zone)[1]

    return PlanFacts(
        asks_short_texts=command.asks_short_texts,
        asks_task_forces=command.asks_task_forces,
        asks_confirmation=command.asks_confirmation,
        texts_until=end(command.texts_last),
        prices_from=start(command.prices_first),
        prices_until=end(command.prices_last),
    )


def _told(cycle_id: int, plan: PlanFacts, by: Actor) -> BallotPlanned:
    return BallotPlanned(
        actor_id=by.id,
        cycle_id=cycle_id,
        asks_short_texts=plan.asks_short_texts,
        asks_task_forces=plan.asks_task_forces,
        asks_confirmation=plan.asks_confirmation,
        texts_until=plan.texts_until.isoformat() if plan.texts_until else "",
        prices_from=plan.prices_from.isoformat() if plan.prices_from else "",
        prices_until=plan.prices_until.isoformat() if plan.prices_until else "",
    )
