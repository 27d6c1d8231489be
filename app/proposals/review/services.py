"""The verb of officers: review a proposal, with a price where it can be done; and how a finding becomes public."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, ensure
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals.coauthors import queries as coauthors
from app.proposals.models import Proposal
from app.proposals.review import policies, words
from app.proposals.review.assigning import queries as assigning
from app.proposals.review.assigning import words as assigning_words
from app.proposals.review.assigning.rules import Barred, why_barred
from app.proposals.review.checklists.queries import questions
from app.proposals.review.events import FindingPrepared, ProposalReviewed
from app.proposals.review.models import (
    ChecklistAnswer,
    Costing,
    CostingLine,
    PreparedFinding,
    Review,
    ReviewSettings,
)
from app.proposals.review.rules import (
    STAGE_AFTER,
    ChecklistReply,
    Decision,
    Money,
    PricedLine,
    Reason,
    Reply,
    WhyNot,
    checklist_is_whole,
    needs_second,
    pot_cents,
    why_not,
    why_not_priced,
    why_not_timed,
)
from app.proposals.rules import open_to_change
from app.proposals.services import opened

AT_FIELD = {
    WhyNot.STAGE: "decision",
    WhyNot.REASON: "reason",
    WhyNot.NO_COST: "lines",
    WhyNot.NO_SOURCE: "lines",
    WhyNot.NO_PAYER: "running_payer",
    WhyNot.DEARER_THAN_POT: "lines",
    WhyNot.NO_IMPACT_NOTE: "impact_note",
    WhyNot.UNANSWERED: "answers",
    WhyNot.NO_DATE: "answer_until",
    WhyNot.CLOCK_RUNS: "decision",
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
    lines: tuple[PricedLine, ...] = ()
    running_cost_cents: int = 0
    running_payer: str = ""
    note: str = ""
    impact_note: str = ""
    answers: tuple[ChecklistReply, ...] = ()
    answer_until: datetime | None = None
    read_edited_at: datetime | None = None
    reading_checked: bool = False


def review(proposal_id: int, command: ReviewProposal, *, by: Actor) -> Review | PreparedFinding:
    """Make a finding: public at once, or prepared where another officer must agree or decisions come out together.

    The newest public one counts, the earlier ones stay in the open. A wish for changes is always public at once.
    """
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        _ensure_may_review(proposal, cycle, by)
        _ensure_none_waits(proposal)
        ensure_still_stands(proposal, cycle, command)
        _ensure_answered(proposal, command)
        settings = db.session.get(ReviewSettings, cycle.id)
        at_stake = _at_stake_cents(proposal, command)
        second = needs_second(
            command.decision, at_stake_cents=at_stake, above_cents=settings.second_above_cents if settings else None
        )
        held = settings is not None and settings.together and command.decision is not Decision.NEEDS_CHANGES
        if second or held:
            return _prepared(proposal, cycle, command, at_stake, second, by)
        return made_public(proposal, cycle, command, officer_id=by.id, by=by)


def made_public(
    proposal: Proposal, cycle: CycleFacts, command: ReviewProposal, *, officer_id: int, by: Actor
) -> Review:
    """Write the finding down where everybody reads it, and say so; joins the transaction that has locked both rows."""
    found = _recorded(proposal, command, officer_id)
    proposal.stage = STAGE_AFTER[command.decision]
    proposal.impact_note = command.impact_note or proposal.impact_note
    if command.lines:
        proposal.cost_cents = pot_cents(command.lines)
    db.session.flush()
    publish(
        ProposalReviewed(
            actor_id=by.id,
            officer_id=officer_id,
            proposal_id=proposal.id,
            cycle_id=cycle.id,
            author_id=proposal.author_id,
            review_id=found.id,
            decision=command.decision,
            reason=command.reason,
            cost_cents=proposal.cost_cents,
            answer_until=found.answer_until,
            title=proposal.title,
            explanation=command.explanation,
        )
    )
    return found


def ensure_still_stands(proposal: Proposal, cycle: CycleFacts, command: ReviewProposal) -> None:
    """Refuse a finding that cannot stand now: too late, about words that have changed, or against a rule."""
    _ensure_still_open(proposal, cycle, command)
    _ensure_can_stand(proposal, cycle, command)


def plain(command: ReviewProposal) -> dict[str, Any]:
    """The command as it is kept in a prepared finding."""
    moments = {name: _written(getattr(command, name)) for name in ("answer_until", "read_edited_at")}
    return {**asdict(command), **moments}


def from_plain(content: dict[str, Any]) -> ReviewProposal:
    """The command behind the content of a prepared finding."""
    facts = dict(content)
    facts["decision"], facts["reason"] = Decision(facts["decision"]), Reason(facts["reason"])
    facts["lines"] = tuple(PricedLine(**line | {"money": Money(line["money"])}) for line in facts["lines"])
    facts["answers"] = tuple(ChecklistReply(**each | {"reply": Reply(each["reply"])}) for each in facts["answers"])
    for name in ("answer_until", "read_edited_at"):
        facts[name] = datetime.fromisoformat(facts[name]) if facts[name] else None
    return ReviewProposal(**facts)


def _prepared(
    proposal: Proposal, cycle: CycleFacts, command: ReviewProposal, at_stake: int, second: bool, by: Actor
) -> PreparedFinding:
    kept = PreparedFinding(
        proposal_id=proposal.id,
        officer_id=by.id,
        decision=command.decision,
        content=plain(command) | {"read_edited_at": _written(proposal.edited_at), "reading_checked": True},
        at_stake_cents=at_stake,
        needs_second=second,
        prepared_at=now(),
    )
    db.session.add(kept)
    db.session.flush()
    publish(
        FindingPrepared(
            actor_id=by.id, proposal_id=proposal.id, cycle_id=cycle.id, prepared_id=kept.id, needs_second=second
        )
    )
    return kept


def _recorded(proposal: Proposal, command: ReviewProposal, officer_id: int) -> Review:
    found = Review(
        proposal_id=proposal.id,
        officer_id=officer_id,
        decision=command.decision,
        reason=command.reason,
        explanation=command.explanation,
        interest=command.interest,
        decided_at=now(),
        answer_until=command.answer_until if command.decision is Decision.NEEDS_CHANGES else None,
        answers=[
            ChecklistAnswer(position=position, question=each.question, reply=each.reply, sentence=each.sentence)
            for position, each in enumerate(command.answers, start=1)
        ],
    )
    if command.lines:
        found.costing = _costing(proposal, command, officer_id, found.decided_at)
    db.session.add(found)
    return found


def _costing(proposal: Proposal, command: ReviewProposal, officer_id: int, moment: datetime) -> Costing:
    return Costing(
        proposal_id=proposal.id,
        officer_id=officer_id,
        cost_cents=pot_cents(command.lines),
        running_cost_cents=command.running_cost_cents,
        running_payer=command.running_payer or None,
        note=command.note,
        costed_at=moment,
        lines=[
            CostingLine(
                position=position,
                label=line.label,
                amount_cents=line.amount_cents,
                source=line.source,
                money=line.money,
                payer=line.payer or None,
            )
            for position, line in enumerate(command.lines, start=1)
        ],
    )


def _at_stake_cents(proposal: Proposal, command: ReviewProposal) -> int:
    if command.lines:
        return pot_cents(command.lines)
    return proposal.cost_cents if proposal.cost_cents is not None else sum(e.amount_cents for e in proposal.estimate)


def _ensure_may_review(proposal: Proposal, cycle: CycleFacts, by: Actor) -> None:
    if not policies.is_officer(by, cycle.neighborhood_id):
        raise NoStanding("no_standing", _("Only officers of this neighborhood review its proposals."))
    facts = {"author_id": proposal.author_id, "neighborhood_id": cycle.neighborhood_id}
    if not policies.may_review(by, **facts, co_authors=coauthors.ids_of(proposal.id)):
        raise NoStanding("own_proposal", str(assigning_words.BARRED[Barred.OWN]))
    reason = why_barred(assigning.bars(proposal.id, proposal.author_id), by.id)
    if reason not in (None, Barred.OWN):
        raise NoStanding(reason.value, str(assigning_words.BARRED[reason]))


def _ensure_none_waits(proposal: Proposal) -> None:
    waits = sa.exists().where(PreparedFinding.proposal_id == proposal.id, PreparedFinding.ending.is_(None))
    ensure(
        not db.session.scalar(sa.select(waits)),
        "one_waits",
        _("A finding about this proposal is prepared already. It is published, sent back or taken back first."),
        field="decision",
    )


def _ensure_answered(proposal: Proposal, command: ReviewProposal) -> None:
    whole = checklist_is_whole(command.decision, questions(proposal.category_id), command.answers)
    ensure(whole, WhyNot.UNANSWERED.value, str(words.WHY_NOT[WhyNot.UNANSWERED]), field="answers")


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
    reason = (
        why_not(
            proposal.stage,
            command.decision,
            command.reason,
            cost_cents=pot_cents(command.lines) if command.lines else None,
            spendable_cents=cycle.spendable_cents,
            watches_people=bool(proposal.watches_people),
            impact_note=command.impact_note or proposal.impact_note or "",
        )
        or why_not_priced(
            command.lines, running_cost_cents=command.running_cost_cents, running_payer=command.running_payer
        )
        or why_not_timed(
            command.decision,
            answer_until=command.answer_until,
            running_until=_running_until(proposal),
            now=deadline_now(),
        )
    )
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]), field=AT_FIELD[reason])


def _running_until(proposal: Proposal) -> datetime | None:
    """Until when its author has time to answer the wish for changes that stands, or None."""
    if proposal.stage.value != Decision.NEEDS_CHANGES.value:
        return None
    newest = sa.select(Review.answer_until).where(Review.proposal_id == proposal.id).order_by(Review.id.desc())
    return db.session.scalar(newest.limit(1))


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
