"""Fixing the count set, with the agreement of two members of the board on every number."""

from collections.abc import Mapping
from typing import Any

from app.core.db import transaction
from app.core.errors import DomainError
from app.core.events import publish
from app.voting import queries as votes
from app.voting.board.rules import Approval
from app.voting.board.services import take
from app.voting.models import Vote
from app.voting.reconciling import queries, words
from app.voting.reconciling.events import VoteReconciled
from app.voting.rules import BoardStep, VoteStage
from app.voting.services import ensure_now, locked_vote


def to_reconcile(cycle_id: int, _answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The numbers that must agree before anything is opened, and the root over the envelopes of the count set."""
    vote = votes.vote_facts(cycle_id)
    ensure_now(BoardStep.RECONCILE, vote.stage)
    numbers = queries.numbers(vote.id)
    for problem in words.problems(numbers):
        raise DomainError("not_reconciled", problem)
    missing = [f"{e.box}: {e.sum.value} −{e.missing}, {e.reason}" for e in numbers.explained]
    return {
        "vote": vote.id.hex(),
        "voters_online": numbers.voters_online,
        "envelopes": numbers.envelopes,
        "voters_on_paper": numbers.voters_on_paper,
        "slips": numbers.slips,
        "count_root": queries.count_set(vote).facts.count_root.hex(),
        **({"explained": missing} if missing else {}),
    }


def reconcile(approval: Approval) -> Vote:
    """Fix the count set: every voter marked online has one envelope in it, every voter marked paper an accepted slip.

    From here on no paper comes back, and what the key holders open is named by the root. Source: voting.md 5.
    """
    with transaction():
        vote = locked_vote(approval.cycle_id)
        take(approval)
        vote.count_size, vote.count_root = approval.payload["envelopes"], approval.payload["count_root"]
        vote.stage = VoteStage.RECONCILED
        publish(
            VoteReconciled(
                actor_id=approval.id,
                cycle_id=vote.cycle_id,
                vote_id=vote.id.hex(),
                envelopes=approval.payload["envelopes"],
                slips=approval.payload["slips"],
                count_root=approval.payload["count_root"],
                explained=tuple(approval.payload.get("explained", ())),
            )
        )
    return vote
