"""The one verb of officers: review a proposal, with a price where it can be done."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, ensure
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals.models import Proposal
from app.proposals.review import policies, words
from app.proposals.review.events import ProposalReviewed
from app.proposals.review.models import Costing, CostingLine, Review
from app.proposals.review.rules import STAGE_AFTER, Decision, Reason, WhyNot, why_not
from app.proposals.rules import CostLine, open_to_change, total_cents
from app.proposals.services import opened

AT_FIELD = {
    WhyNot.STAGE: "decision",
    WhyNot.REASON: "reason",
    WhyNot.NO_COST: "lines",
    WhyNot.DEARER_THAN_POT: "lines",
    WhyNot.NO_IMPACT_NOTE: "impact_note",
}


@dataclass(frozen=True, kw_only=True)
class ReviewProposal:
    """What an officer found; `lines` is the price, empty where none can be given yet.

    `read_edited_at` is the proposal's `edited_at` as the officer read it; with `reading_checked`, words that have
    changed since are not judged unread.
    """

    decision: Decision
    reason: Reason
    explanation: str
    interest: str = ""
    lines: tuple[CostLine, ...] = ()
    running_cost_cents: int = 0
    note: str = ""
    impact_note: str = ""
    read_edited_at: datetime | None = None
    reading_checked: bool = False


def review(proposal_id: int, command: ReviewProposal, *, by: Actor) -> Review:
    """Record a finding and its price; the newest one counts, the earlier ones stay in the open."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        _ensure_may_review(proposal, cycle, by)
        _ensure_still_open(proposal, cycle, command)
        _ensure_can_stand(proposal, cycle, command)
        found = _recorded(proposal, command, by)
        proposal.stage = STAGE_AFTER[command.decision]
        proposal.impact_note = command.impact_note or proposal.impact_note
        if command.lines:
            proposal.cost_cents = total_cents(command.lines)
        db.session.flush()
        publish(
            ProposalReviewed(
                actor_id=by.id,
                proposal_id=proposal.id,
                cycle_id=cycle.id,
                author_id=proposal.author_id,
                review_id=found.id,
                decision=command.decision,
                reason=command.reason,
                cost_cents=proposal.cost_cents,
                title=proposal.title,
                explanation=command.explanation,
            )
        )
    return found


def _recorded(proposal: Proposal, command: ReviewProposal, by: Actor) -> Review:
    moment = now()
    found = Review(
        proposal_id=proposal.id,
        officer_id=by.id,
        decision=command.decision,
        reason=command.reason,
        explanation=command.explanation,
        interest=command.interest,
        decided_at=moment,
    )
    if command.lines:
        found.costing = Costing(
            proposal_id=proposal.id,
            officer_id=by.id,
            cost_cents=total_cents(command.lines),
            running_cost_cents=command.running_cost_cents,
            note=command.note,
            costed_at=moment,
            lines=[
                CostingLine(position=position, label=line.label, amount_cents=line.amount_cents)
                for position, line in enumerate(command.lines, start=1)
            ],
        )
    db.session.add(found)
    return found


def _ensure_may_review(proposal: Proposal, cycle: CycleFacts, by: Actor) -> None:
    if not policies.is_officer(by, cycle.neighborhood_id):
        raise NoStanding("no_standing", _("Only officers of this neighborhood review its proposals."))
    if not policies.may_review(by, author_id=proposal.author_id, neighborhood_id=cycle.neighborhood_id):
        raise NoStanding(
            "own_proposal", _("Nobody reviews or prices their own proposal. Another officer will look at it.")
        )


def _ensure_still_open(proposal: Proposal, cycle: CycleFacts, command: ReviewProposal) -> None:
    ensure(
        open_to_change(cycle.stage),
        "ballot_fixed",
        _("The ballot of this cycle is fixed, so reviews can no longer change."),
    )
    if command.reading_checked:
        ensure(
            proposal.edited_at == command.read_edited_at,
            "changed_meanwhile",
            _("Its author changed the proposal while you were reading. Please read it again, then send your finding."),
            field="explanation",
        )


def _ensure_can_stand(proposal: Proposal, cycle: CycleFacts, command: ReviewProposal) -> None:
    reason = why_not(
        proposal.stage,
        command.decision,
        command.reason,
        cost_cents=total_cents(command.lines) if command.lines else None,
        spendable_cents=cycle.spendable_cents,
        watches_people=bool(proposal.watches_people),
        impact_note=command.impact_note or proposal.impact_note or "",
    )
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]), field=AT_FIELD[reason])
