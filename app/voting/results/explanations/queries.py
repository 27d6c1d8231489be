"""Reading an explanation, or how far the worker has come with it."""

from dataclasses import dataclass

from app.core import jobs
from app.core.db import db
from app.voting.models import Explanation
from app.voting.results.explanations.rules import EXPLAIN, ExplanationFacts, from_json


@dataclass(frozen=True, kw_only=True)
class Explained:
    """The facts once they are there, and until then how much of the work is done, in percent, if anybody is at it."""

    percent: int
    facts: ExplanationFacts | None
    is_on_its_way: bool


def of_result(result_id: int) -> Explained:
    """What is known about a result beyond its log."""
    row = db.session.get(Explanation, result_id)
    if row is not None and row.content is not None:
        return Explained(percent=100, facts=from_json(row.content), is_on_its_way=False)
    waits = jobs.is_on_its_way(EXPLAIN, result_id=result_id)
    return Explained(percent=row.percent if row else 0, facts=None, is_on_its_way=waits)
