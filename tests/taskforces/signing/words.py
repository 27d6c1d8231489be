"""What the tests of signing say: a pause of five is proposed, and a side gives its word."""

from app.taskforces.signing import queries, services
from app.taskforces.signing.rules import MatterKind, Verdict
from app.taskforces.signing.services import Propose, Sign

WORD = "We want the lamps nearer to the school gate."


def proposed(body, by, *, about=None, second=None, **answers):
    """Something put before both sides of a task force; its id."""
    command = Propose(
        kind=MatterKind.PAUSE,
        task_force_id=body.id,
        second_task_force_id=second.id if second else None,
        project_id=about.id if about else None,
        answers=answers or {"sum": 5},
    )
    return services.propose(command, by=by)


def word(agreement_id, verdict=Verdict.APPROVE, statement="", seen=None):
    """A side's word on what its page shows."""
    seen = seen or queries.agreement(agreement_id).hash
    return Sign(verdict=verdict, statement=statement, seen=seen)
