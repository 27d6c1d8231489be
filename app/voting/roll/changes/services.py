"""Adding a line to a frozen roll and striking one from it: what the board agrees on, and doing it.

The published hash stays what it was; changes are listed beside it. Whoever is struck can no longer vote, and what they
have cast is not counted: their envelope stays sealed and outside the count set.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.core.tokens import random_id
from app.cycles.queries import CycleFacts
from app.cycles.queries import facts as cycle_facts
from app.voting.board.rules import Approval
from app.voting.board.services import public_reason, take
from app.voting.models import RollEntry, Vote
from app.voting.roll import queries
from app.voting.roll.events import AddedToRoll, StruckFromRoll
from app.voting.roll.models import RollChange
from app.voting.roll.queries import Line
from app.voting.roll.rules import ChangeKind
from app.voting.roll.services import entry_of
from app.voting.rules import Channel, VoteStage

Payload = Mapping[str, Any]


def to_add(cycle_id: int, answers: Payload) -> Payload:
    """The line that would be added, or put back after a strike; refused for one that stands there or never could."""
    cycle, line, reason = _asked(cycle_id, answers)
    vote_id = _open_vote(cycle_id)
    there = _("This line is on the frozen roll.")
    stands = queries.frozen(vote_id, [line]).get(line.key)
    ensure(not stands, "on_roll", there)
    ensure(line.why_not is None, "not_entitled", _("This line could not be on the roll: it is struck or too young."))
    alike = [pair for pair in queries.likenesses(cycle) if _is_about(pair, line)] if stands is None else []
    message = _("This line looks like somebody who may be on the roll already. Nobody may have two votes.")
    ensure(not alike, "unsettled", message)
    return {"vote": vote_id.hex(), "line": line.key, "reference": line.reference or "", "reason": reason}


def to_strike(cycle_id: int, answers: Payload) -> Payload:
    """The line that would be struck; refused where paper of theirs is out or in the box, which nobody could find."""
    _cycle, line, reason = _asked(cycle_id, answers)
    vote_id = _open_vote(cycle_id)
    _ensure_can_go(_entry(vote_id, line))
    return {"vote": vote_id.hex(), "line": line.key, "reference": line.reference or "", "reason": reason}


def add_to_roll(approval: Approval) -> None:
    """Put the line both members agreed on beside the published roll, or back where it was struck; it may vote now.

    What somebody put back had cast before the strike counts again.
    """
    with transaction():
        vote = _held_vote(approval.cycle_id)
        take(approval)
        _cycle, line, reason = _asked(approval.cycle_id, approval.payload)
        to_add(approval.cycle_id, approval.payload)
        if queries.frozen(vote.id, [line]):
            kind, entry = ChangeKind.RESTORED, _entry(vote.id, line, locks=True)
            entry.channel = Channel.ONLINE if entry.revision else Channel.NONE
        else:
            kind, entry = ChangeKind.ADDED, RollEntry(**entry_of(vote.id, random_id(), line.person_id, line.listing_id))
            db.session.add(entry)
            db.session.flush()
        number = _noted(vote, kind, entry, reason, approval)
        publish(AddedToRoll(was_struck=kind is ChangeKind.RESTORED, **_told(approval, vote, number, reason)))


def strike_from_roll(approval: Approval) -> None:
    """Strike the line both members agreed on: no ballot of theirs counts, cast or not."""
    with transaction():
        vote = _held_vote(approval.cycle_id)
        take(approval)
        _cycle, line, reason = _asked(approval.cycle_id, approval.payload)
        entry = _entry(vote.id, line, locks=True)
        _ensure_can_go(entry)
        had_cast, entry.channel = entry.channel is Channel.ONLINE, Channel.VOID
        number = _noted(vote, ChangeKind.STRUCK, entry, reason, approval)
        publish(StruckFromRoll(had_cast=had_cast, **_told(approval, vote, number, reason)))


def _asked(cycle_id: int, answers: Payload) -> tuple[CycleFacts, Line, str]:
    cycle = cycle_facts(cycle_id)
    asks = _("Give the reason that everybody will read, in 10 to 500 characters and without a name.")
    reason = public_reason(answers, asks=asks)
    return cycle, queries.line(cycle, str(answers.get("line") or "")), reason


def _open_vote(cycle_id: int) -> bytes:
    found = db.session.execute(sa.select(Vote.id, Vote.stage).where(Vote.cycle_id == cycle_id)).first()
    if found is None or found.stage is not VoteStage.OPEN:
        raise DomainError("not_open", _("A frozen roll is changed only while voting is open."))
    vote_id: bytes = found.id
    return vote_id


def _held_vote(cycle_id: int) -> Vote:
    """The vote, held against casts, its close and other changes, so that each change has its own number."""
    query = sa.select(Vote).where(Vote.cycle_id == cycle_id).with_for_update()
    vote = db.session.scalar(query.execution_options(populate_existing=True))
    if vote is None or vote.stage is not VoteStage.OPEN:
        raise DomainError("not_open", _("A frozen roll is changed only while voting is open."))
    return vote


def _entry(vote_id: bytes, line: Line, *, locks: bool = False) -> RollEntry:
    behind = RollEntry.person_id == line.person_id if line.person_id is not None else sa.false()
    if line.listing_id is not None:
        behind = sa.or_(behind, RollEntry.listing_id == line.listing_id)
    query = sa.select(RollEntry).where(RollEntry.vote_id == vote_id, behind)
    query = query.with_for_update().execution_options(populate_existing=True) if locks else query
    entry = db.session.scalars(query).first()
    if entry is None:
        raise DomainError("not_on_roll", _("This line is not on the frozen roll."))
    return entry


def _ensure_can_go(entry: RollEntry) -> None:
    ensure(entry.channel is not Channel.VOID, "struck", _("This line was struck already."))
    in_box = _("The paper ballot of this line is in the box, and nobody could find it there. It stays.")
    ensure(entry.channel is not Channel.PAPER_RETURNED, "in_the_box", in_box)
    out = _("A paper ballot was handed out for this line. It has to come back first.")
    ensure(entry.channel is not Channel.PAPER_ISSUED, "paper_out", out)


def _noted(vote: Vote, kind: ChangeKind, entry: RollEntry, reason: str, approval: Approval) -> int:
    last = db.session.scalar(sa.select(sa.func.max(RollChange.number)).where(RollChange.vote_id == vote.id))
    change = RollChange(
        vote_id=vote.id,
        number=(last or 0) + 1,
        kind=kind,
        roll_entry_id=entry.id,
        reason=reason,
        requester_id=approval.requester_id,
        approver_id=approval.approver_id,
        changed_at=now(),
    )
    db.session.add(change)
    db.session.flush()
    return change.number


def _told(approval: Approval, vote: Vote, number: int, reason: str) -> dict[str, Any]:
    return {
        "actor_id": approval.id,
        "cycle_id": approval.cycle_id,
        "vote_id": vote.id.hex(),
        "number": number,
        "requester_id": approval.requester_id,
        "reason": reason,
    }


def _is_about(pair: queries.Likeness, line: Line) -> bool:
    return line.listing_id == pair.listing_id or line.person_id == pair.person_id
