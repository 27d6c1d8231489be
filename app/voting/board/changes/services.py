"""Changing a board under way, with the agreement of two of its members; never to fewer than a vote needs.

Source: voting.md 10. An observer cannot be put out by those whom they observe: one of the two is an observer then,
perhaps the one who leaves. The rule card stays as it was frozen; changes stand beside it, in public.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.voting import queries as votes
from app.voting.board import queries, words
from app.voting.board.changes.events import MemberReplaced
from app.voting.board.events import ActEnded
from app.voting.board.models import BoardChange, BoardMember, PendingAction
from app.voting.board.naming.services import resident, residents
from app.voting.board.queries import RESTS_ON, Member
from app.voting.board.rules import Approval, Ending, Part, fault_of_board
from app.voting.board.services import public_reason, take
from app.voting.rules import VoteStage
from app.voting.services import locked_vote

Payload = Mapping[str, Any]


def to_replace(cycle_id: int, answers: Payload) -> Payload:
    """Who would leave the board, and who would come in their place; refused where the rest would be no board."""
    vote = votes.vote_facts(cycle_id)
    over = _("The envelopes are destroyed, and the work of this board is over.")
    ensure(vote.stage is not VoteStage.DESTROYED, "too_late", over)
    leaver = _leaver(cycle_id, int(answers.get("leaves") or 0))
    where = vote.cycle.neighborhood_id
    joins = _joiner(cycle_id, where, leaver.part, answers)
    _ensure_a_board_is_left(cycle_id, where, leaver, joins)
    reason = public_reason(answers)
    return {
        "vote": vote.id.hex(),
        "leaves": leaver.person_id,
        "leaver": leaver.name,
        "part": leaver.part.value,
        "joins": joins,
        "joiner": db.session.get_one(Person, joins).public_name if joins else "",
        "observer_agrees": leaver.part is Part.OBSERVES and _holds_role(leaver, where),
        "reason": reason,
    }


def replace_member(approval: Approval) -> BoardChange:
    """Let a member go and another come; what the leaver has asked for and nobody has agreed with is void."""
    with transaction():
        locked_vote(approval.cycle_id)
        open_requests = _held_requests(approval)
        _hold_the_leaver(approval)
        take(approval)
        change = _changed(approval)
        db.session.flush()
        for row in open_requests:
            row.ending, row.ended_at = Ending.VOIDED, now()
            ended = ActEnded(
                actor_id=approval.id,
                cycle_id=row.cycle_id,
                action_id=row.id.hex(),
                kind=row.kind,
                ending=Ending.VOIDED,
            )
            publish(ended)
        publish(
            MemberReplaced(
                actor_id=approval.id,
                cycle_id=change.cycle_id,
                number=change.number,
                part=change.part,
                leaver_id=change.leaver_id,
                joiner_id=change.joiner_id,
                reason=change.reason,
                requester_id=change.requester_id,
            )
        )
    return change


def _leaver(cycle_id: int, person_id: int) -> Member:
    found = next((each for each in queries.members(cycle_id) if each.person_id == person_id), None)
    if found is None:
        raise DomainError("no_member", _("Choose a member of this board."), field="leaves")
    return found


def _joiner(cycle_id: int, neighborhood_id: int, part: Part, answers: Payload) -> int:
    """The id of whoever comes; 0 for nobody."""
    email, joins = str(answers.get("community_email") or ""), int(answers.get("joins") or 0)
    ensure(not (email and joins), "two_come", _("One comes for one who leaves."), field="community_email")
    if email:
        only = _("A resident without a role can run a vote, not observe it.")
        ensure(part is Part.RUNS, "no_observer", only, field="community_email")
        joins = resident(neighborhood_id, email)
    if joins:
        there = _("They are on this board already.")
        ensure(queries.part_of(cycle_id, joins) is None, "there", there, field="joins")
        _ensure_may_come(neighborhood_id, part, joins)
    return joins


def _ensure_may_come(neighborhood_id: int, part: Part, person_id: int) -> None:
    known = queries.eligible(neighborhood_id)
    has_role = any(each.person_id == person_id and each.role is RESTS_ON[part] for each in known)
    lives_here = db.session.scalar(residents(neighborhood_id).where(Person.id == person_id)) is not None
    stranger = _("A clerk or one resident comes for somebody who runs the vote, an observer for an observer.")
    ensure(has_role or (part is Part.RUNS and lives_here), "stranger", stranger, field="joins")


def _ensure_a_board_is_left(cycle_id: int, neighborhood_id: int, leaver: Member, joins: int) -> None:
    stay = [(m.person_id, m.part) for m in queries.members(cycle_id) if m.person_id != leaver.person_id]
    after = queries.as_candidates([*stay, *([(joins, leaver.part)] if joins else [])], neighborhood_id)
    fault = fault_of_board(after)
    if fault is not None:
        raise DomainError(fault.value, words.fault(fault), field="joins")
    running = [each.person_id for each in after if each.part is Part.RUNS]
    few = _("One resident at the most runs a vote beside its clerks.")
    ensure(_residents(running) <= 1, "residents", few, field="community_email")


def _residents(people: Sequence[int]) -> int:
    query = sa.select(sa.func.count()).select_from(Person).where(Person.id.in_(people), ~Person.is_staff)
    return db.session.execute(query).scalar_one()


def _holds_role(leaver: Member, neighborhood_id: int) -> bool:
    known = queries.eligible(neighborhood_id)
    return any(each.person_id == leaver.person_id and each.role is RESTS_ON[leaver.part] for each in known)


def _held_requests(approval: Approval) -> Sequence[PendingAction]:
    """What the leaver has asked for and still waits, held before anything is written to the log."""
    query = sa.select(PendingAction).where(
        PendingAction.cycle_id == approval.cycle_id,
        PendingAction.requester_id == approval.payload["leaves"],
        PendingAction.ending.is_(None),
        PendingAction.id != approval.action_id,
    )
    held = query.order_by(PendingAction.id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(held).all()


def _hold_the_leaver(approval: Approval) -> None:
    """Wait for what the leaver is agreeing with at this moment; before anything is written, or each would wait."""
    asked = sa.select(BoardMember.id).where(
        BoardMember.cycle_id == approval.cycle_id, BoardMember.person_id == approval.payload["leaves"]
    )
    db.session.execute(asked.with_for_update())


def _changed(approval: Approval) -> BoardChange:
    asked, cycle_id = approval.payload, approval.cycle_id
    leaver = BoardMember.cycle_id == cycle_id, BoardMember.person_id == asked["leaves"]
    db.session.execute(sa.delete(BoardMember).where(*leaver))
    joins, part = asked["joins"] or None, Part(asked["part"])
    if joins is not None:
        db.session.add(BoardMember(cycle_id=cycle_id, person_id=joins, part=part, named_at=now()))
    last = db.session.scalar(sa.select(sa.func.max(BoardChange.number)).where(BoardChange.cycle_id == cycle_id))
    change = BoardChange(
        cycle_id=cycle_id,
        number=(last or 0) + 1,
        part=part,
        leaver_id=asked["leaves"],
        joiner_id=joins,
        reason=asked["reason"],
        requester_id=approval.requester_id,
        approver_id=approval.approver_id,
        changed_at=now(),
    )
    db.session.add(change)
    return change
