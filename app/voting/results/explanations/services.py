"""The worker's part: explain a result, once, after it is counted."""

from app.core import jobs
from app.core.clock import now
from app.core.db import db, locked
from app.core.events import publish
from app.cycles.rules import canonical
from app.voting import queries as votes
from app.voting.models import Explanation, Result
from app.voting.results import queries
from app.voting.results.explanations.events import ResultExplained
from app.voting.results.explanations.rules import as_json, explain


def make(lease: jobs.Lease) -> None:
    """Count again with other costs, more ballots and other rules, and keep what that tells; it changes no result.

    A count that a recount has replaced meanwhile is left unexplained: it would keep a worker for nothing.
    """
    result_id = int(lease.arguments["result_id"])
    kept = db.session.get_one(Result, result_id)
    vote = votes.vote_facts(kept.vote.cycle_id)
    if queries.is_replaced(kept.vote_id, kept.number):
        with lease.finishing():
            return
    counting = queries.counting_vote(vote, kept.lot_order, kept.withdrawn)
    facts = explain(counting, queries.rule_of(vote), jobs.telling(lease, _tell))
    with lease.finishing():
        row = db.session.get_one(Explanation, result_id)
        row.percent, row.content, row.made_at = 100, canonical(as_json(facts)), now()
        publish(ResultExplained(actor_id=None, cycle_id=vote.cycle.id, result_id=result_id))


def _tell(arguments: jobs.Arguments, percent: int) -> None:
    row = locked(Explanation, int(arguments["result_id"]))
    if row is not None and row.content is None:
        row.percent = max(row.percent, percent)
