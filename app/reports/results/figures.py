"""The figures of a report, read once and frozen: what a snapshot holds and every page and PDF of it prints."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.reports.rules import plain, told
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.counting.misses import NearestMiss
from app.voting.log import queries as log
from app.voting.objections import queries as objections
from app.voting.objections.queries import ObjectionFacts
from app.voting.paper import queries as paper
from app.voting.paper.rules import total
from app.voting.queries import VoteFacts
from app.voting.results import exports
from app.voting.results import queries as counts
from app.voting.results.explanations.queries import of_result
from app.voting.results.queries import ResultRecord
from app.voting.results.rules import ResultFacts, read_outcome
from app.voting.turnout import queries as turnout
from app.voting.turnout.rules import told_apart, told_parts

RESULTS_FORMAT = "lamplight-report/results/1"
_BEFORE: Mapping[str, Any] = {"counts": (), "misses": None, "turnout": None, "objections": (), "board": (), "files": ()}
_VOTE_BEFORE: Mapping[str, Any] = {
    "imported": False,
    "objections_until": None,
    "published_at": None,
    "channels": None,
    "paper": None,
    "log_head": None,
    "count_root": None,
    "rejected_slips": 0,
    "missing_paper": (),
}
"""What snapshots of earlier days do not say, of the whole and of a vote."""


@dataclass(frozen=True, kw_only=True)
class ResultsReport:
    """A results report as its templates read it, made from the snapshot and nothing else."""

    cycle: SimpleNamespace
    vote: SimpleNamespace
    certificate: SimpleNamespace
    options: Mapping[int, SimpleNamespace]
    facts: ResultFacts
    counts: tuple[SimpleNamespace, ...]
    misses: Mapping[int, NearestMiss] | None
    """By option; None where they were not worked out, or this vote does not publish them."""
    turnout: SimpleNamespace | None
    objections: tuple[SimpleNamespace, ...]
    board: tuple[SimpleNamespace, ...]
    files: tuple[str, ...]
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
        "misses": _misses(record),
        "turnout": None if vote.is_imported else _turnout(vote),
        "objections": [_objection(each) for each in objections.of_vote(cycle_id)],
        "board": [{"name": each.name, "part": each.part.value} for each in boards.members(cycle_id)],
        "files": exports.on_offer(vote, record),
        "outcome": json.loads(record.outcome),
    }


def read(snapshot: Mapping[str, Any]) -> ResultsReport:
    """The report in a snapshot; raises BadRecord where its outcome does not add up."""
    certificate = SimpleNamespace(**{"paths_hash": None, **snapshot["certificate"]})
    certificate.certified_at = datetime.fromisoformat(certificate.certified_at)
    vote = SimpleNamespace(**_VOTE_BEFORE | snapshot["vote"])
    for name in ("opens_at", "closes_at", "objections_until", "published_at"):
        setattr(vote, name, getattr(vote, name) and datetime.fromisoformat(getattr(vote, name)))
    more = {name: snapshot.get(name, before) for name, before in _BEFORE.items()}
    return ResultsReport(
        cycle=SimpleNamespace(**snapshot["cycle"]),
        vote=vote,
        certificate=certificate,
        options={option["number"]: SimpleNamespace(**option) for option in snapshot["options"]},
        facts=read_outcome(json.dumps(snapshot["outcome"])),
        counts=tuple(SimpleNamespace(**count) for count in more["counts"]),
        misses=more["misses"] and {each["option"]: NearestMiss(**each) for each in more["misses"]},
        turnout=more["turnout"] and told(more["turnout"]),
        objections=told(list(more["objections"])),
        board=told(list(more["board"])),
        files=tuple(more["files"]),
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
    voted = counts.turnout(vote)
    return {
        "id": vote.id.hex(),
        "imported": vote.is_imported,
        "opens_at": vote.opens_at.isoformat(),
        "closes_at": vote.closes_at.isoformat(),
        "roll_size": voted.roll_size,
        "roll_hash": vote.roll_hash,
        "voters": voted.voters,
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
        "objections_until": plain(vote.objections_until),
        "published_at": plain(vote.published_at),
        **_paper(vote),
    }


def _paper(vote: VoteFacts) -> dict[str, Any]:
    """How many voted by each channel and what became of the paper; None where a channel is too small to be told."""
    apart = None if vote.is_imported else told_apart(turnout.channels(vote.id), is_open=False)
    if apart is None:
        return {"channels": None, "paper": None}
    boxes = paper.figures(vote.id)
    return {"channels": plain(apart), "paper": plain(total(boxes, "")) if boxes else None}


def _misses(record: ResultRecord) -> list[dict[str, Any]] | None:
    """How narrowly each option was funded or missed, where that is worked out and this vote publishes it.

    Below level full it is not: counting again with another cost tells what supporters carried, to the cent.
    """
    facts = None if record.facts.is_reduced else of_result(record.id).facts
    return None if facts is None else [asdict(miss) for miss in facts.misses.values()]


def _turnout(vote: VoteFacts) -> dict[str, Any]:
    """Who took part, by area and by age on the first day of voting; never a small group."""
    day = vote.opens_at.astimezone(ZoneInfo(vote.cycle.time_zone)).date()
    return {
        "areas": plain(told_parts(turnout.by_area(vote.id))),
        "ages": plain(told_parts(turnout.by_age(vote.id, day))),
    }


def _objection(each: ObjectionFacts) -> dict[str, Any]:
    """An objection as everybody reads it, without who raised it."""
    return {
        "number": each.number,
        "text": each.text,
        "raised_at": plain(each.raised_at),
        "ending": plain(each.ending),
        "answer": each.answer,
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
