"""Reading an explanation, or how far the worker has come with it."""

from dataclasses import dataclass

from app.core.db import db
from app.voting.models import Explanation
from app.voting.results.explanations.rules import ExplanationFacts, from_json


@dataclass(frozen=True, kw_only=True)
class Explained:
    """The facts once they are there, and until then how much of the work is done, in percent."""

    percent: int
    facts: ExplanationFacts | None


def of_result(result_id: int) -> Explained:
    """What is known about a result beyond its log."""
    row = db.session.get(Explanation, result_id)
    if row is None:
        return Explained(percent=0, facts=None)
    return Explained(percent=row.percent, facts=None if row.content is None else from_json(row.content))
