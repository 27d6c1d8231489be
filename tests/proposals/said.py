"""What proposers and officers say in tests: valid by default, a test mentions only what it is about."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from app.core.db import db
from app.proposals.review.rules import Decision, Reason
from app.proposals.review.services import ReviewProposal
from app.proposals.rules import CostLine
from app.proposals.services import WriteProposal

LAMPS = (CostLine(label="Lamps", amount_cents=12_000_00),)
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
    """An officer's finding, with a price where it can be done."""
    facts = {
        "decision": decision,
        "reason": REASON[decision],
        "explanation": "We measured the lane, and this is what we found.",
        "lines": LAMPS if decision is Decision.FEASIBLE else (),
    }
    return ReviewProposal(**facts | more)


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
