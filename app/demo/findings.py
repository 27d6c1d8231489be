"""What the demo's officers find: a decision, a price along the proposer's own lines, and the checklist."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.core.clock import now
from app.proposals.review.checklists.rules import DEFAULT
from app.proposals.review.rules import CHANGE_DAYS, ChecklistReply, Decision, PricedLine, Reason, Reply
from app.proposals.review.services import ReviewProposal

Told = Mapping[str, Any]
LOOKED_AT = {
    "feasible": "Our crews have built the like before.",
    "legal": "It stands on city land, and no permit is missing.",
    "public_benefit": "Everybody who passes gains from it.",
    "duplication": "No other budget of the city has it.",
    "running_cost": "The running cost beside the price says so.",
    "lead_organization": "The street department would lead it with a task force.",
    "surveillance": "Nothing is recorded about anybody.",
}


def finding(told: Told) -> ReviewProposal:
    """What an officer finds about one proposal of the texts."""
    cost = (told["cost"] or 0) * 100
    return ReviewProposal(
        decision=Decision(told["decision"]),
        reason=Reason(told.get("reason") or "meets_criteria"),
        explanation=told["explanation"],
        lines=_lines(told, cost) if cost else (),
        running_cost_cents=(told["running"] or 0) * 100,
        running_payer="The city's street department" if told["running"] else "",
        note=told["note"] or "",
        answers=_looked_at(told),
        answer_until=now() + timedelta(days=CHANGE_DAYS),
    )


def _looked_at(told: Told) -> tuple[ChecklistReply, ...]:
    """The checklist of a proposal that can be done, in the words of a busy office."""
    if told["decision"] != Decision.FEASIBLE:
        return ()
    return tuple(ChecklistReply(question=each, reply=Reply.YES, sentence=LOOKED_AT[each]) for each in DEFAULT)


def _lines(told: Told, cost_cents: int) -> tuple[PricedLine, ...]:
    """The officers' price along the proposer's own lines, the rest on the last one."""
    asked = sum(dollars for _, dollars in told["estimate"]) * 100
    shares = [dollars * 100 * cost_cents // asked // 100_00 * 100_00 for _, dollars in told["estimate"]]
    shares[-1] = cost_cents - sum(shares[:-1])
    priced = zip(told["estimate"], shares, strict=True)
    return tuple(
        PricedLine(label=label, amount_cents=share, source="The city's price list of this year")
        for (label, _), share in priced
    )
