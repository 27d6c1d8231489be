"""Explaining a difference of paper, with the agreement of two members of the board on its number and its reason.

No number changes by it: what is missing stays missing, and uncounted. Only what is missing can be explained, and only
among sheets, stubs and slips (`EXPLAINABLE`): a slip too many would be a vote nobody cast. Source: voting.md 8, step 5.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.voting import queries as votes
from app.voting.board.rules import Approval
from app.voting.board.services import public_reason, take
from app.voting.paper import queries
from app.voting.paper.differences.events import DifferenceExplained
from app.voting.paper.models import PaperDifference
from app.voting.paper.rules import LEAST_SEARCHED, Balance, Sum, can_be_explained
from app.voting.paper.services import ensure_stage
from app.voting.rules import VoteStage
from app.voting.services import locked_vote

Payload = Mapping[str, Any]


def to_explain(cycle_id: int, answers: Payload) -> Payload:
    """The difference as it stands, the number stated for it and the reason; refused where the number is another."""
    vote = votes.vote_facts(cycle_id)
    ensure_stage(vote.stage, VoteStage.CLOSED)
    balance = _red(vote.id, int(answers.get("box") or 0), str(answers.get("sum") or ""))
    expected, found = balance.left or 0, balance.right or 0
    missing = expected - found
    other = ngettext("The sums say that %(num)s is missing.", "The sums say that %(num)s are missing.", missing)
    ensure(int(answers.get("missing") or 0) == missing, "other_number", other, field="missing")
    asks = _("Say what was done to find it, and when, in 20 to 500 characters. Everybody will read it.")
    reason = public_reason(answers, asks=asks, least=LEAST_SEARCHED)
    return {
        "vote": vote.id.hex(),
        "box": balance.box_id,
        "box_name": balance.box,
        "sum": balance.sum.value,
        "expected": expected,
        "found": found,
        "missing": missing,
        "reason": reason,
    }


def explain(approval: Approval) -> PaperDifference:
    """Put the explanation beside the sum; it holds as long as both sides of the sum stay what they are."""
    asked = approval.payload
    with transaction():
        vote = locked_vote(approval.cycle_id)
        take(approval)
        last = db.session.scalar(
            sa.select(sa.func.max(PaperDifference.number)).where(PaperDifference.vote_id == vote.id)
        )
        row = PaperDifference(
            vote_id=vote.id,
            number=(last or 0) + 1,
            box_id=asked["box"],
            sum=Sum(asked["sum"]),
            expected=asked["expected"],
            found=asked["found"],
            reason=asked["reason"],
            requester_id=approval.requester_id,
            approver_id=approval.approver_id,
            explained_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            DifferenceExplained(
                actor_id=approval.id,
                cycle_id=approval.cycle_id,
                number=row.number,
                box_id=row.box_id,
                sum=row.sum,
                expected=row.expected,
                found=row.found,
                reason=row.reason,
                requester_id=approval.requester_id,
            )
        )
    return row


def _red(vote_id: bytes, box_id: int, kind: str) -> Balance:
    open_ones = [each for each in queries.problems(vote_id) if (each.box_id, each.sum) == (box_id, kind)]
    if not open_ones or not can_be_explained(open_ones[0]):
        raise DomainError("not_explainable", _("Choose a sum in which something is missing."), field="place")
    return open_ones[0]
