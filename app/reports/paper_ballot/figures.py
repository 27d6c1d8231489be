"""The figures of the paper ballot: its options and ranks, where boxes stand, and what counters work with."""

from typing import Any

from flask_babel import gettext as _

from app.core.errors import DomainError
from app.reports.rules import Line, plain
from app.voting import queries as votes
from app.voting.paper import queries as paper
from app.voting.paper.entry.rules import KEYS
from app.voting.paper.queries import BoxFacts
from app.voting.paper.rules import LARGEST_BATCH, SMALLEST_BATCH
from app.voting.queries import OptionFacts, VoteFacts

PAPER_FORMAT = "lamplight-report/paper-ballot/1"


def paper_ballot(line: Line) -> dict[str, Any]:
    """What everybody may know of the paper ballots of a vote; refused before its ballot is fixed, and where it came in.

    Left out is what would let somebody make a ballot or tell whose one is: check marks, numbers of stubs, codes.
    """
    vote = votes.find_vote(line.subject_id)
    if vote is None:
        raise DomainError("not_fixed", _("There is a paper ballot once the ballot is fixed."))
    if vote.is_imported:
        raise DomainError("imported", _("This vote was held elsewhere, with ballots of its own."))
    return {
        "format": PAPER_FORMAT,
        "vote": _vote(vote),
        "options": [_option(option) for option in votes.options(vote.id)],
        "boxes": [_box(box) for box in paper.boxes(vote.id)],
        "smallest_batch": SMALLEST_BATCH,
        "largest_batch": LARGEST_BATCH,
        "keys": [{"key": key, "reason": reason.value} for key, reason in KEYS.items()],
    }


def _vote(vote: VoteFacts) -> dict[str, Any]:
    return {
        "cycle_id": vote.cycle.id,
        "cycle": vote.cycle.name,
        "year": vote.cycle.year,
        "neighborhood": vote.cycle.neighborhood_name,
        "currency": vote.cycle.currency,
        "time_zone": vote.cycle.time_zone,
        "languages": list(vote.cycle.languages),
        "max_ranks": vote.max_ranks,
        "closes_at": plain(vote.closes_at),
        "rule_card_hash": vote.rule_card_hash,
        "option_seed": vote.option_seed,
    }


def _option(option: OptionFacts) -> dict[str, Any]:
    return {
        "number": option.number,
        "code": option.code,
        "title": option.title,
        "text": option.summary if option.text_hash else None,
        "wordings": {language: dict(said) for language, said in option.wordings.items()},
        "cost_cents": option.cost_cents,
        "running_cost_cents": option.running_cost_cents,
        "task_force": option.task_force,
    }


def _box(box: BoxFacts) -> dict[str, Any]:
    return {"number": box.number, "name": box.name, "printed": sum(each.printed for each in box.stock)}
