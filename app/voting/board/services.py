"""Asking the board for an act, and doing it with the approval of a second member, never without.

`ACTS` of `app/wiring.py` says what is agreed and what then happens for each kind. A verb that needs two persons takes
an `Approval` and calls `take` inside its own transaction: approval and act are one commit (voting.md 10).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app, has_request_context, url_for
from flask import request as http
from flask_babel import gettext as _

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.accounts.visits.rules import is_fresh
from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NextStep, NotFound, ensure
from app.core.events import publish
from app.cycles.models import Cycle
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import canonical
from app.voting.board import queries, words
from app.voting.board.events import ActApproved, ActEnded, ActRefused, ActRequested
from app.voting.board.models import BoardMember, PendingAction
from app.voting.board.rules import (
    LEAST_REASON,
    LIFE,
    MOST_REASON,
    OLD_ENOUGH,
    ActKind,
    Approval,
    Ending,
    Request,
    Standing,
    WhyNot,
    payload_hash,
    why_not_approve,
    why_not_ask,
    why_not_end,
)
from app.voting.models import Vote

Payload = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Act:
    """What two members agree on, and what then happens.

    `payload(cycle_id, answers)` is everything the act depends on as it stands now, refused where the act cannot be
    done; given an earlier payload as answers it says what that would be today. `run` is the verb.
    """

    payload: Callable[[int, Payload], Payload]
    run: Callable[[Approval], object]


class MayNot(DomainError):
    """A member of the board, or somebody else, may not do this now."""

    def __init__(self, reason: WhyNot) -> None:
        super().__init__(reason.value, words.why_not(reason), next_step=_way_on(reason))
        self.reason = reason


class NotTaken(RuntimeError):
    """A verb did what two members agreed on and did not take their approval: a mistake in the verb."""


def request(cycle_id: int, kind: ActKind, answers: Payload, *, by: Actor) -> bytes:
    """Ask the board for an act; returns the id of the request, or of the one that already waits for the same.

    Refused where the act cannot be done now, and for anybody who does not run the vote or has not just proved who they
    are; such a try is in the audit log.
    """
    reason = why_not_ask(kind, _standing(cycle_id, by), is_fresh=is_fresh(by.confirmed_at, now()))
    if reason is not None:
        _log_refusal(cycle_id, None, kind, reason, by)
        raise MayNot(reason)
    payload = _act(kind).payload(cycle_id, answers)
    digest = payload_hash(kind, cycle_id, payload)
    with transaction():
        locked(Cycle, cycle_id)
        _end_expired(cycle_id)
        waits = _waiting(cycle_id, kind, digest)
        if waits is not None:
            return waits
        row = PendingAction(
            cycle_id=cycle_id,
            kind=kind,
            payload=canonical(payload),
            payload_hash=digest,
            requester_id=by.id,
            requested_at=now(),
            expires_at=now() + LIFE,
        )
        db.session.add(row)
        db.session.flush()
        publish(
            ActRequested(
                actor_id=by.id, cycle_id=cycle_id, action_id=row.id.hex(), kind=kind, payload_hash=digest
            )
        )
        return row.id


def approve(action_id: bytes, seen: str, *, by: Actor) -> object:
    """Agree as the second member with what was `seen` (the payload's hash), and do it; returns what the verb returns.

    The verb takes the approval inside its own transaction. Raises MayNot, and whatever the verb refuses with; a refused
    try is in the audit log.
    """
    row = db.session.get(PendingAction, action_id)
    if row is None:
        raise NotFound
    cycle_id, kind, payload = row.cycle_id, row.kind, queries.action(row.cycle_id, action_id.hex()).payload
    reason = _why_not_approve(row, seen, by)
    if reason is None:
        approval = Approval(
            action_id=action_id,
            kind=kind,
            cycle_id=cycle_id,
            payload=payload,
            requester_id=row.requester_id,
            approver_id=by.id,
        )
        try:
            done = _act(kind).run(approval)
            _ensure_taken(action_id, kind)
            return done
        except MayNot as refusal:
            reason = refusal.reason
    _log_refusal(cycle_id, action_id, kind, reason, by)
    raise MayNot(reason)


def take(approval: Approval) -> None:
    """Use the approval up, inside the verb's transaction: the request is executed with the act or not at all.

    Call it before anything is changed, with the rows locked that the act depends on: refused where the request has
    ended or expired, and where anything but what was asked for would be done now. The vote is held first, as by whoever
    changes its board: two acts that held a request and a member each would wait for each other.
    """
    _hold_the_vote(approval.cycle_id)
    row = locked(PendingAction, approval.action_id)
    same = payload_hash(approval.kind, approval.cycle_id, approval.payload)
    if row is None or row.payload_hash != same or row.requester_id == approval.approver_id:
        raise MayNot(WhyNot.CHANGED)
    if row.ending is not None:
        raise MayNot(WhyNot.ENDED)
    if deadline_now() >= row.expires_at:
        raise MayNot(WhyNot.EXPIRED)
    _ensure_still_members(row, approval.approver_id)
    if _hash_now(approval.kind, approval.cycle_id, approval.payload) != row.payload_hash:
        raise MayNot(WhyNot.CHANGED)
    row.approver_id, row.ending, row.ended_at = approval.approver_id, Ending.EXECUTED, now()
    db.session.flush()
    publish(
        ActApproved(
            actor_id=approval.approver_id,
            cycle_id=row.cycle_id,
            action_id=row.id.hex(),
            kind=row.kind,
            payload_hash=row.payload_hash,
            requester_id=row.requester_id,
        )
    )


def end(action_id: bytes, *, by: Actor) -> Ending:
    """Withdraw what one has asked for oneself, or decline what another member asked for."""
    with transaction():
        row = locked(PendingAction, action_id)
        if row is None:
            raise NotFound
        reason = why_not_end(row.kind, _standing(row.cycle_id, by))
        if reason is not None:
            raise MayNot(reason)
        if row.ending is not None:
            raise MayNot(WhyNot.ENDED)
        row.ending = Ending.WITHDRAWN if row.requester_id == by.id else Ending.DECLINED
        row.ended_at = now()
        publish(
            ActEnded(
                actor_id=by.id, cycle_id=row.cycle_id, action_id=action_id.hex(), kind=row.kind, ending=row.ending
            )
        )
        return row.ending


def public_reason(answers: Payload, *, asks: str = "", least: int = LEAST_REASON) -> str:
    """The reason among the answers, on one line, for everybody to read; `asks` says what it must be where it is not."""
    reason = " ".join(str(answers.get("reason") or "").split())
    message = asks or _("Give the reason that everybody will read, in 10 to 500 characters.")
    ensure(least <= len(reason) <= MOST_REASON, "no_reason", message, field="reason")
    return reason


def waiting_time() -> timedelta:
    """How long a member must have been one before they may approve; in the demo nobody has to wait for tomorrow."""
    return timedelta(0) if current_app.config["DEMO"] else OLD_ENOUGH


def _act(kind: ActKind) -> Act:
    acts: Mapping[ActKind, Act] = current_app.extensions["board_acts"]
    return acts[kind]


def _why_not_approve(row: PendingAction, seen: str, by: Actor) -> WhyNot | None:
    payload = queries.action(row.cycle_id, row.id.hex()).payload
    is_whole = payload_hash(row.kind, row.cycle_id, payload) == row.payload_hash
    now_is = _hash_now(row.kind, row.cycle_id, payload) if is_whole and row.ending is None else ""
    return why_not_approve(
        Request(
            kind=row.kind,
            requester=_standing(row.cycle_id, actor_of(db.session.get_one(Person, row.requester_id))),
            expires_at=row.expires_at,
            payload_hash=row.payload_hash,
            ending=row.ending,
            observer_agrees=bool(payload.get("observer_agrees")),
        ),
        _standing(row.cycle_id, by),
        seen=seen,
        now_is=now_is,
        now=deadline_now(),
        is_fresh=is_fresh(by.confirmed_at, now()),
        wait=waiting_time(),
    )


def _hash_now(kind: ActKind, cycle_id: int, payload: Payload) -> str:
    """The hash of what would be asked for now; empty where the act cannot be done as things are."""
    try:
        return payload_hash(kind, cycle_id, _act(kind).payload(cycle_id, payload))
    except DomainError:
        return ""


def _hold_the_vote(cycle_id: int) -> None:
    db.session.execute(sa.select(Vote.id).where(Vote.cycle_id == cycle_id).with_for_update(read=True))


def _ensure_still_members(row: PendingAction, approver_id: int) -> None:
    """Both are on the board as they agree, and until the act is done: whoever leaves at this moment waits for it."""
    if cycle_facts(row.cycle_id, drafts=True).is_imported:
        return  # no board, nobody who could leave it
    both = (row.requester_id, approver_id)
    query = sa.select(BoardMember.person_id).where(
        BoardMember.cycle_id == row.cycle_id, BoardMember.person_id.in_(both)
    )
    found = set(db.session.scalars(query.with_for_update(read=True)))
    if approver_id not in found:
        raise MayNot(WhyNot.NOT_RUNNING)
    if row.requester_id not in found:
        raise MayNot(WhyNot.REQUESTER_LEFT)


def _ensure_taken(action_id: bytes, kind: ActKind) -> None:
    """A verb that does not use its approval up could be run with it again: that is noticed at its first run."""
    ending = db.session.scalar(sa.select(PendingAction.ending).where(PendingAction.id == action_id))
    if ending is not Ending.EXECUTED:
        raise NotTaken(kind.value)


def _standing(cycle_id: int, by: Actor) -> Standing:
    return queries.standing(cycle_facts(cycle_id, drafts=True), by)


def _log_refusal(cycle_id: int, action_id: bytes | None, kind: ActKind, reason: WhyNot, by: Actor) -> None:
    """A refused try stays on record although nothing else of it does."""
    with transaction():
        publish(
            ActRefused(
                actor_id=by.id,
                cycle_id=cycle_id,
                action_id=action_id.hex() if action_id else None,
                kind=kind,
                reason=reason,
            )
        )


def _end_expired(cycle_id: int) -> None:
    """Close what nobody has approved in time, so that it can be asked for anew."""
    expired = sa.select(PendingAction).where(
        PendingAction.cycle_id == cycle_id, PendingAction.ending.is_(None), PendingAction.expires_at <= deadline_now()
    )
    for row in db.session.scalars(expired.with_for_update(skip_locked=True)):
        row.ending, row.ended_at = Ending.EXPIRED, now()
        publish(
            ActEnded(actor_id=None, cycle_id=cycle_id, action_id=row.id.hex(), kind=row.kind, ending=Ending.EXPIRED)
        )


def _waiting(cycle_id: int, kind: ActKind, digest: str) -> bytes | None:
    query = sa.select(PendingAction.id).where(
        PendingAction.cycle_id == cycle_id,
        PendingAction.kind == kind,
        PendingAction.payload_hash == digest,
        PendingAction.ending.is_(None),
    )
    return db.session.scalar(query)


def _way_on(reason: WhyNot) -> NextStep | None:
    if reason is not WhyNot.NOT_FRESH or not has_request_context():
        return None
    here = http.full_path if http.method == "GET" else (http.referrer or "").removeprefix(http.host_url.rstrip("/"))
    return NextStep(label=_("Confirm that it is you"), url=url_for("confirming.confirm", next=here))
