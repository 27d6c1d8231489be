"""The verbs of a corrective action: begin it, say that it is done, and verify it for the other side (rule 20)."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure
from app.core.events import publish
from app.places.workdays.queries import working_day_after
from app.taskforces.setbacks import services as setbacks
from app.taskforces.setbacks import words
from app.taskforces.setbacks.actions.rules import NEXT, Finding, Move, why_not
from app.taskforces.setbacks.events import (
    CorrectiveActionBegun,
    CorrectiveActionClaimed,
    CorrectiveActionVerified,
)
from app.taskforces.setbacks.models import CorrectiveAction
from app.taskforces.setbacks.rules import NEXT as NEXT_STAGE
from app.taskforces.setbacks.rules import VERIFY_DAYS, Deed, SetbackStage, Standing, Step


@dataclass(frozen=True, kw_only=True)
class Verify:
    """What the other side found, and what it saw."""

    finding: Finding
    found: str


def begin(action_id: int, *, by: Actor) -> CorrectiveAction:
    """Begin what was agreed; with the first action the correcting begins."""
    with transaction():
        action, _where, _mine = _moving(action_id, Deed.BEGIN, Move.BEGIN, by)
        setback = action.setback
        if setback.stage is SetbackStage.PLANNED:
            setback.stage = NEXT_STAGE[setback.stage, Step.BEGIN]
        event = CorrectiveActionBegun(
            actor_id=by.id, setback_id=setback.id, project_id=setback.project_id, action_id=action.id
        )
        publish(event)
    return action


def claim(action_id: int, claim: str, *, by: Actor) -> CorrectiveAction:
    """Say that it is done, and how anybody can see it; the other side has ten working days to look."""
    with transaction():
        action, place, mine = _moving(action_id, Deed.CLAIM, Move.CLAIM, by)
        side = setbacks.side_of(mine)
        action.claim, action.claimed_on = claim, place.on
        action.claimed_side, action.claimed_by_id = side, by.id
        action.verify_by = working_day_after(place.neighborhood_id, place.on, VERIFY_DAYS)
        publish(
            CorrectiveActionClaimed(
                actor_id=by.id,
                setback_id=action.setback_id,
                project_id=action.setback.project_id,
                action_id=action.id,
                side=side,
                verify_by=action.verify_by,
                claim=claim,
            )
        )
    return action


def verify(action_id: int, command: Verify, *, by: Actor) -> CorrectiveAction:
    """Somebody who chairs the other side looks, and says what they found."""
    with transaction():
        action, place, mine = _moving(action_id, Deed.VERIFY, Move.VERIFY, by)
        side = setbacks.side_of(mine)
        action.finding, action.found, action.verified_on = command.finding, command.found, place.on
        action.verified_side, action.verified_by_id = side, by.id
        publish(
            CorrectiveActionVerified(
                actor_id=by.id,
                setback_id=action.setback_id,
                project_id=action.setback.project_id,
                action_id=action.id,
                side=side,
                finding=command.finding,
                found=command.found,
            )
        )
    return action


def _moving(action_id: int, deed: Deed, move: Move, by: Actor) -> tuple[CorrectiveAction, setbacks.Place, Standing]:
    """The action, its setback locked first, once it is sure that this move is next; it is made with this."""
    known = db.session.get(CorrectiveAction, action_id)
    if known is None:
        raise NotFound
    setback = setbacks.held(known.setback_id)
    action = locked(CorrectiveAction, action_id)
    assert action is not None  # never deleted
    place, mine = setbacks.ensure_may(deed, setback, by)
    reason = why_not(action.stage, move, same_side=action.claimed_side is not None and mine.side == action.claimed_side)
    if reason is not None:
        ensure(False, reason.value, str(words.WHY_NOT_MOVE[reason]))
    over = _("This plan is over. Nothing of it changes any more.")
    runs = setback.stage in (SetbackStage.PLANNED, SetbackStage.CORRECTING) and action.plan == setback.plan
    ensure(runs, "plan_is_over", over)
    action.stage = NEXT[action.stage, move]
    return action, place, mine
