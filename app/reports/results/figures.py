"""The figures of a report, read once and frozen: what a snapshot holds and every page and PDF of it prints."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.voting import queries as votes
from app.voting.log import queries as log
from app.voting.paper import queries as paper
from app.voting.queries import VoteFacts
from app.voting.results import exports
from app.voting.results import queries as counts
from app.voting.results.queries import ResultRecord
from app.voting.results.rules import ResultFacts, read_outcome

RESULTS_FORMAT = "lamplight-report/results/1"
_VOTE_BEFORE = {
    "imported": False,
    "log_head": None,
    "count_root": None,
    "rejected_slips": 0,
    "missing_paper": (),
}
"""What snapshots of earlier days do not say of a vote."""


@dataclass(frozen=True, kw_only=True)
class ResultsReport:
    """A results report as its templates read it, made from the snapshot and nothing else."""

    cycle: SimpleNamespace
    vote: SimpleNamespace
    certificate: SimpleNamespace
    options: Mapping[int, SimpleNamespace]
    facts: ResultFacts
    counts: tuple[SimpleNamespace, ...]
    as_at: datetime


def results(cycle_id: int) -> dict[str, Any]:
    """The figures of a cycle's results and budget report, ready to be frozen; refused before the certification."""
    record = counts.certified(cycle_id)
    if record is None:
        raise DomainError("not_certified", _("The report can be published once the result is certified."))
    cycle, vote = cycles.facts(cycle_id), votes.vote_facts(cycle_id)
    return {
        "format": RESULTS_FORMAT,
        "cycle": _cycle(cycle),
        "vote": _vote(vote, record),
        "certificate": _certificate(record) | {"paths_hash": exports.paths_hash(vote, record)},
        "options": [_option(option) for option in votes.options(vote.id)],
        "counts": [_count(count, record) for count in counts.counts(cycle_id)],
        "outcome": json.loads(record.outcome),
    }


def read(snapshot: Mapping[str, Any]) -> ResultsReport:
    """The report in a snapshot; raises BadRecord where its outcome does not add up."""
    certificate = SimpleNamespace(**{"paths_hash": None, **snapshot["certificate"]})
    certificate.certified_at = datetime.fromisoformat(certificate.certified_at)
    vote = SimpleNamespace(**_VOTE_BEFORE | snapshot["vote"])
    vote.opens_at, vote.closes_at = datetime.fromisoformat(vote.opens_at), datetime.fromisoformat(vote.closes_at)
    return ResultsReport(
        cycle=SimpleNamespace(**snapshot["cycle"]),
        vote=vote,
        certificate=certificate,
        options={option["number"]: SimpleNamespace(**option) for option in snapshot["options"]},
        facts=read_outcome(json.dumps(snapshot["outcome"])),
        counts=tuple(SimpleNamespace(**count) for count in snapshot.get("counts", ())),
        as_at=certificate.certified_at,
    )


def _cycle(cycle: CycleFacts) -> dict[str, Any]:
    return {
        "id": cycle.id,
        "name": cycle.name,
        "year": cycle.year,
        "neighborhood": cycle.neighborhood_name,
        "currency": cycle.currency,
        "time_zone": cycle.time_zone,
        "pot_cents": cycle.pot_cents,
        "contingency_cents": cycle.contingency_cents,
        "spendable_cents": cycle.spendable_cents,
        "leftover_rule": cycle.leftover_rule.value,
        "publication_level": cycle.publication_level.value,
    }


def _vote(vote: VoteFacts, record: ResultRecord) -> dict[str, Any]:
    turnout = counts.turnout(vote)
    return {
        "id": vote.id.hex(),
        "imported": vote.is_imported,
        "opens_at": vote.opens_at.isoformat(),
        "closes_at": vote.closes_at.isoformat(),
        "roll_size": turnout.roll_size,
        "roll_hash": vote.roll_hash,
        "voters": turnout.voters,
        "unreadable": len(record.unread),
        "rejected_slips": sum(box.rejected for box in paper.figures(vote.id)),
        "missing_paper": [_missing(each) for each in paper.explained(vote.id)],
        "rule_card_hash": vote.rule_card_hash,
        "option_seed": vote.option_seed,
        "lot_commitment": vote.lot_commitment,
        "lot_seed": record.lot_seed,
        "closed_set_hash": record.closed_set_hash,
        "log_head": _log_head(vote),
        "count_root": vote.count_root,
    }


def _missing(each: paper.Explanation) -> dict[str, Any]:
    """What is missing in one sum of one box, and why; two members of the board agreed on it."""
    return {
        "box": each.box,
        "sum": each.sum.value,
        "missing": each.missing,
        "reason": each.reason,
        "names": list(each.names),
    }


def _log_head(vote: VoteFacts) -> dict[str, Any] | None:
    """The head signed at the close, printed so that nobody can tell another story later; it never changes again."""
    head = log.closing_head(vote.id)
    return None if head is None else {**head.values, "log_public_key": (vote.log_public_key or b"").hex()}


def _certificate(record: ResultRecord) -> dict[str, Any]:
    assert record.certified_at is not None  # certified() gives no other
    return {
        "clerk": record.clerk_name,
        "observer": record.observer_name,
        "certified_at": record.certified_at.isoformat(),
        "outcome_hash": record.outcome_hash,
        "engine": record.engine,
        "count_number": record.number,
    }


def _count(record: ResultRecord, certified: ResultRecord) -> dict[str, Any]:
    """One count of the ballots, the certified one or one it replaced; sums in cents, options by number.

    Below level full the totals of a replaced count stay unpublished, and their hash too, which would confirm guesses.
    """
    is_told = record.number == certified.number or not record.facts.is_reduced
    return {
        "number": record.number,
        "withdrawn": list(record.withdrawn),
        "reason": record.withdrawn_reason,
        "funded": list(record.facts.funded),
        "spent_cents": record.facts.spent_cents,
        "outcome_hash": record.outcome_hash if is_told else None,
    }


def _option(option: votes.OptionFacts) -> dict[str, Any]:
    return {
        "number": option.number,
        "code": option.code,
        "title": option.title,
        "cost_cents": option.cost_cents,
    }
