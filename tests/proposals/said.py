"""What proposers and officers say in tests: valid by default, a test mentions only what it is about."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

from app.core.clock import now
from app.core.db import db
from app.proposals.review.checklists.rules import DEFAULT
from app.proposals.review.rules import CHANGE_DAYS, ChecklistReply, Decision, PricedLine, Reason, Reply
from app.proposals.review.services import ReviewProposal
from app.proposals.rules import CostLine
from app.proposals.services import WriteProposal

LAMPS = (CostLine(label="Lamps", amount_cents=12_000_00),)
ANSWERS = tuple(ChecklistReply(question=each, reply=Reply.YES, sentence="We looked at it.") for each in DEFAULT)
REASON = {
    Decision.FEASIBLE: Reason.MEETS_CRITERIA,
    Decision.NEEDS_CHANGES: Reason.UNCLEAR,
    Decision.NOT_FEASIBLE: Reason.NOT_OURS_TO_DECIDE,
}


def words(cycle, **more: Any) -> WriteProposal:
    """A proposal in its author's words."""
    facts = {
        "title": "Six lamps on Mill Lane",
        "summary": "Put six warm lamps between the school and the bus stop.",
        "need": "It is too dark to walk home from school in winter.",
        "place": "Mill Lane",
        "category_id": cycle.neighborhood.categories[0].id,
        "area_id": cycle.neighborhood.areas[0].id,
        "estimate": LAMPS,
    }
    return WriteProposal(**facts | more)


def finding(decision=Decision.FEASIBLE, **more: Any) -> ReviewProposal:
    """An officer's finding, with a price and the checklist where it can be done; each amount has its source."""
    facts = {
        "decision": decision,
        "reason": REASON[decision],
        "explanation": "We measured the lane, and this is what we found.",
        "lines": LAMPS if decision is Decision.FEASIBLE else (),
        "answers": ANSWERS if decision is Decision.FEASIBLE else (),
        "answer_until": now() + timedelta(days=CHANGE_DAYS) if decision is Decision.NEEDS_CHANGES else None,
    }
    facts |= more
    return ReviewProposal(**facts | {"lines": tuple(sourced(line) for line in facts["lines"])})


def sourced(line: CostLine) -> PricedLine:
    """A line of a price, whose amount comes from somewhere."""
    if isinstance(line, PricedLine):
        return line
    return PricedLine(label=line.label, amount_cents=line.amount_cents, source="An offer of May")


def found(decision=Decision.FEASIBLE, **more: Any) -> dict[str, str]:
    """The answers an officer types into the form of a finding."""
    typed = {
        "decision": decision.value,
        "reason": REASON[decision].value,
        "explanation": "We measured the lane: six lamps are enough.",
        "no_interest": "y",
    }
    if decision is Decision.FEASIBLE:
        typed |= {"lines-0-what": "Lamps and poles", "lines-0-amount": "14,500", "lines-0-source": "An offer of May"}
        for number in range(len(DEFAULT)):
            typed |= {f"answers-{number}-reply": "yes", f"answers-{number}-sentence": "We looked at it."}
    return typed | more


def all_at_once(app, verbs):
    """What each of `verbs` gives (or raises) when they begin at the same moment, each as its own request."""
    ready = Barrier(len(verbs))

    def one(verb):
        with app.app_context():
            try:
                ready.wait()
                return verb()
            except Exception as refusal:
                return refusal
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(one, verbs))
