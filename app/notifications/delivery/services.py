"""Telling those whose turn it is, both co-chairs or the clerks, with the change that it is about."""

from collections.abc import Collection
from typing import Any

from app.accounts.queries import holders
from app.core.access import Role
from app.notifications.rules import MailKind
from app.notifications.services import leave_all
from app.taskforces.setbacks.events import SetbackReported
from app.taskforces.setbacks.reminders.events import SlipNoticed
from app.taskforces.setbacks.rules import SetbackStage
from app.taskforces.signing import queries as signing
from app.taskforces.signing.escalating.events import CouncilAsked
from app.taskforces.signing.paper.queries import sits


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


def tell_council_waits(event: CouncilAsked) -> None:
    """To the clerks of the neighborhood who may record it: the council is asked, and until when it is to decide."""
    row = signing.agreement(event.agreement_id)
    clerks = [id_ for id_ in holders(Role.CLERK, row.neighborhood_id) if not sits(row, id_) and id_ != event.actor_id]
    leave_all(MailKind.COUNCIL_WAITS, {id_: {"agreement_id": row.id} for id_ in clerks})


def _leave(chair_ids: Collection[int], kind: MailKind, facts: dict[str, Any]) -> None:
    leave_all(kind, {person_id: facts for person_id in chair_ids})
