"""Telling both co-chairs, with the change that it is about."""

from collections.abc import Collection
from typing import Any

from app.core.clock import today
from app.notifications.rules import MailKind
from app.notifications.services import leave_all
from app.taskforces import queries as bodies
from app.taskforces.seats import queries as seats
from app.taskforces.setbacks.events import SetbackReported
from app.taskforces.setbacks.reminders.events import SlipNoticed
from app.taskforces.setbacks.rules import SetbackStage


def tell_setback_reported(event: SetbackReported) -> None:
    """To both co-chairs: something went wrong, and they have five working days to acknowledge it."""
    if event.stage is SetbackStage.REPORTED:
        _leave(event.task_force_id, MailKind.SETBACK_REPORTED, {"setback_id": event.setback_id})


def tell_slip_noticed(event: SlipNoticed) -> None:
    """To both co-chairs: something passed its day without a word."""
    facts = {
        "slip": event.kind.value,
        "rule": event.rule,
        "project_id": event.project_id,
        "milestone_id": event.milestone_id,
        "setback_id": event.setback_id,
        "action_id": event.action_id,
        "due_on": event.due_on.isoformat(),
    }
    _leave(event.task_force_id, MailKind.SLIP_NOTICED, {name: value for name, value in facts.items() if value})


def _leave(task_force_id: int, kind: MailKind, facts: dict[str, Any]) -> None:
    here = today(bodies.task_force_of(task_force_id).time_zone)
    chairs: Collection[int] = seats.co_chair_ids(task_force_id, here)
    leave_all(kind, {person_id: facts for person_id in sorted(chairs)})
