"""Putting off the end of an open vote: what the board agrees on, and doing it.

The rule card stays what it was, with the end that was announced; the new end stands beside it with its reason.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.clock import deadline_now, now
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.cycles import services as cycles
from app.cycles.queries import CycleFacts
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import PhaseKind, moments_of
from app.voting import queries
from app.voting.board.rules import Approval, board_as_clerk
from app.voting.board.services import public_reason, take
from app.voting.extending.events import VoteExtended
from app.voting.extending.models import VoteExtension
from app.voting.extending.rules import WhyNot, why_not
from app.voting.models import Vote
from app.voting.rules import VoteStage
from app.voting.services import locked_vote

Payload = Mapping[str, Any]

REASONS: Mapping[WhyNot, LazyString] = {
    WhyNot.OVER: _l("The announced end has come, and somebody may have been turned away. It stays the end."),
    WhyNot.NOT_LATER: _l("The vote goes on until then anyway. Choose a later day."),
    WhyNot.INTO_DELIVERY: _l("The days of counting are over by then. Give the counting more days first."),
}


def to_extend(cycle_id: int, answers: Payload) -> Payload:
    """The new end, the one announced so far and the reason; refused once that end has come."""
    vote, cycle = queries.vote_facts(cycle_id), cycle_facts(cycle_id)
    _ensure_open(vote.stage)
    reason = public_reason(answers)
    closes_at = _end_of(cycle, str(answers.get("last_day") or ""))
    _ensure_can_be(vote.closes_at, closes_at, cycle)
    return {
        "vote": vote.id.hex(),
        "was_to_close_at": vote.closes_at.isoformat(),
        "last_day": str(answers["last_day"]),
        "closes_at": closes_at.isoformat(),
        "reason": reason,
    }


def extend(approval: Approval) -> Vote:
    """Let ballots in until the new end, once every cast in flight is done; the dates of the cycle follow."""
    payload = approval.payload
    with transaction():
        vote = locked_vote(approval.cycle_id)
        _ensure_open(vote.stage)
        take(approval)
        was, closes_at = vote.closes_at, datetime.fromisoformat(payload["closes_at"])
        vote.closes_at = closes_at
        neighborhood_id = cycle_facts(approval.cycle_id).neighborhood_id
        cycles.extend_voting(approval.cycle_id, closes_at, by=board_as_clerk(approval, neighborhood_id))
        number = _noted(vote, was, payload["reason"], approval)
        publish(
            VoteExtended(
                actor_id=approval.id,
                cycle_id=approval.cycle_id,
                vote_id=vote.id.hex(),
                number=number,
                requester_id=approval.requester_id,
                was_to_close_at=was.isoformat(),
                closes_at=closes_at.isoformat(),
                reason=payload["reason"],
            )
        )
    return vote


def _ensure_open(stage: VoteStage) -> None:
    ensure(stage is VoteStage.OPEN, "not_open", _("Only the end of an open vote can be put off."))


def _end_of(cycle: CycleFacts, last_day: str) -> datetime:
    try:
        day = date.fromisoformat(last_day)
    except ValueError:
        message = _("Enter a day, for example 2026-03-02.")
        raise DomainError("no_day", message, field="last_day") from None
    return moments_of(day, day, ZoneInfo(cycle.time_zone))[1]


def _ensure_can_be(was: datetime, closes_at: datetime, cycle: CycleFacts) -> None:
    counting = cycle.phase(PhaseKind.COUNTING)
    reason = why_not(deadline_now(), closes_at=was, to=closes_at, counting_ends_at=counting.ends_at)
    if reason is not None:
        raise DomainError(reason.value, str(REASONS[reason]), field="last_day")


def _noted(vote: Vote, was: datetime, reason: str, approval: Approval) -> int:
    last = db.session.scalar(sa.select(sa.func.max(VoteExtension.number)).where(VoteExtension.vote_id == vote.id))
    number = (last or 0) + 1
    db.session.add(
        VoteExtension(
            vote_id=vote.id,
            number=number,
            was_to_close_at=was,
            closes_at=vote.closes_at,
            reason=reason,
            requester_id=approval.requester_id,
            approver_id=approval.approver_id,
            extended_at=now(),
        )
    )
    db.session.flush()
    return number
