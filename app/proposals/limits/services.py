"""Holding proposals to the limits of their cycle; called by the verbs that send and edit them."""

from collections.abc import Sequence

from app.core.errors import DomainError, ensure
from app.cycles.queries import CycleFacts
from app.proposals.limits import queries, words
from app.proposals.limits.rules import why_not_this_much
from app.proposals.models import Proposal
from app.proposals.rules import CostLine, total_cents


def ensure_cost(lines: Sequence[CostLine], cycle: CycleFacts) -> None:
    """Refuse an estimate, at its field, that the limits or the pot of the cycle do not allow."""
    reason = why_not_this_much(
        total_cents(lines),
        least_cents=cycle.least_cost_cents,
        most_cents=cycle.most_cost_cents,
        spendable_cents=cycle.spendable_cents,
    )
    if reason is not None:
        raise DomainError(reason.value, words.why_not_this_much(reason, cycle), field="estimate")


def ensure_within_limits(proposal: Proposal, cycle: CycleFacts) -> None:
    """Refuse to send a proposal beyond the limits.

    The caller has locked the cycle, so that two sendings in the same moment are counted one after the other.
    """
    ensure_cost([CostLine(label=line.label, amount_cents=line.amount_cents) for line in proposal.estimate], cycle)
    no_more = queries.why_no_more(proposal.author_id, cycle)
    ensure(not no_more, "no_more_proposals", no_more)
