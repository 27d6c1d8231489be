"""Telling both co-chairs, with the change that it is about."""

from collections.abc import Collection
from typing import Any

from app.notifications.rules import MailKind
from app.notifications.services import leave_all
from app.taskforces.setbacks.events import SetbackReported
from app.taskforces.setbacks.reminders.events import SlipNoticed
from app.taskforces.setbacks.rules import SetbackStage


def tell_setback_reported(event: SetbackReported) -> None:
    """To both co-chairs: something went wrong, and they have five working days to acknowledge it."""
    if event.stage is SetbackStage.REPORTED:
        _leave(event.chair_ids, MailKind.SETBACK_REPORTED, {"setback_id": event.setback_id})


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
    _leave(event.chair_ids, MailKind.SLIP_NOTICED, {name: value for name, value in facts.items() if value})


def _leave(chair_ids: Collection[int], kind: MailKind, facts: dict[str, Any]) -> None:
    leave_all(kind, {person_id: facts for person_id in chair_ids})
