"""Whether a plan helped: one side measures it, and the other side concludes from that."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.access import Actor
from app.core.db import db, transaction
from app.core.events import publish
from app.places.workdays.queries import working_day_after
from app.taskforces.setbacks import services as setbacks
from app.taskforces.setbacks.actions.rules import ActionStage
from app.taskforces.setbacks.events import EffectChecked, SetbackConcluded
from app.taskforces.setbacks.models import EffectCheck, Setback
from app.taskforces.setbacks.rules import CONCLUDE_DAYS, PLAN_DAYS, Deed, Step


@dataclass(frozen=True, kw_only=True)
class CheckEffect:
    """What was measured once the plan was carried out, and whether it helped."""

    measured: str
    helped: bool


def check(setback_id: int, command: CheckEffect, *, by: Actor) -> Setback:
    """One side measures whether the plan helped, once the other side has verified every action; that closes them."""
    with transaction():
        setback, place, mine = setbacks.stepping(setback_id, Deed.CHECK, Step.CHECK, by)
        side, due_on = setbacks.side_of(mine), working_day_after(place.neighborhood_id, place.on, CONCLUDE_DAYS)
        effect = EffectCheck(
            setback_id=setback.id,
            plan=setback.plan,
            helped=command.helped,
            measured=command.measured,
            side=side,
            person_id=by.id,
            checked_on=place.on,
        )
        db.session.add(effect)
        for action in setback.actions:
            if action.stage is ActionStage.VERIFIED:
                action.stage = ActionStage.CLOSED
        setbacks.move(setback, Step.CHECK, due_on=due_on)
        publish(
            EffectChecked(
                actor_id=by.id,
                setback_id=setback.id,
                project_id=setback.project_id,
                plan=setback.plan,
                helped=command.helped,
                side=side,
                measured=command.measured,
            )
        )
    return setback


def conclude(setback_id: int, *, by: Actor) -> Setback:
    """The other side agrees with what was measured: it is resolved, or a new plan is due in twenty working days."""
    with transaction():
        effect = _effect(setback_id)
        step = Step.RESOLVE if effect is None or effect.helped else Step.FIND_INEFFECTIVE
        against = effect.side if effect else None
        setback, place, _mine = setbacks.stepping(setback_id, Deed.CONCLUDE, step, by, against=against)
        due_on = working_day_after(place.neighborhood_id, place.on, PLAN_DAYS)
        setback.resolved_on = place.on if step is Step.RESOLVE else None
        setbacks.move(setback, step, due_on=due_on)
        publish(
            SetbackConcluded(
                actor_id=by.id,
                setback_id=setback.id,
                project_id=setback.project_id,
                stage=setback.stage,
                concluded_on=place.on,
            )
        )
    return setback


def _effect(setback_id: int) -> EffectCheck | None:
    setbacks.held(setback_id)
    query = sa.select(EffectCheck).where(EffectCheck.setback_id == setback_id)
    return db.session.scalars(query.order_by(EffectCheck.plan.desc())).first()
