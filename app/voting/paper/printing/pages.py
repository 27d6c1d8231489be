"""From a vote to the documents that are printed: ballots with their stubs, and the forms of the count."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale, get_locale

from app.core.charts.qr import qr
from app.voting import queries as votes
from app.voting.paper import queries as paper
from app.voting.paper import words
from app.voting.paper.entry.rules import KEYS
from app.voting.paper.printing.rules import pattern
from app.voting.paper.rules import LARGEST_BATCH, SMALLEST_BATCH
from app.voting.queries import OptionFacts, VoteFacts

ONE_SIDE = 12
"""How many options fit on one side with their circles in fixed places, however long their titles are."""
BATCH_SHEETS = 6
"""Blank batch headers in a pack; more are copied from them."""


def ballots(cycle_id: int, stubs: Sequence[int], *, language: str, large_print: bool) -> str:
    """One ballot for each stub, as one document."""
    vote = votes.vote_facts(cycle_id)
    with force_locale(language):
        return render_template(
            "voting/paper/printing/ballots.html",
            stubs=stubs,
            large_print=large_print,
            fits_one_side=not large_print and _fits(votes.options(vote.id)),
            **_facts(vote, language),
        )


def pack(cycle_id: int, *, language: str) -> str:
    """The forms and instructions of those who hand out, take back and count, as one document."""
    vote = votes.vote_facts(cycle_id)
    with force_locale(language):
        return render_template(
            "voting/paper/printing/pack.html",
            boxes=paper.boxes(vote.id),
            account=words.account(),
            seals=words.seals(),
            logs=words.logs(vote.cycle.neighborhood_name),
            explained=words.missing_paper(vote.id),
            headers=range(BATCH_SHEETS),
            smallest=SMALLEST_BATCH,
            largest=LARGEST_BATCH,
            batches_code=qr(_address(vote, "/batches"), title=_address(vote, "/batches")),
            keys=[(key, words.REJECTED[reason]) for key, reason in KEYS.items()],
            **_facts(vote, language),
        )


def _facts(vote: VoteFacts, language: str) -> dict[str, Any]:
    address = _address(vote)
    return {
        "vote": vote,
        "options": [option.said_in(language) for option in votes.options(vote.id)],
        "ranks": range(1, vote.max_ranks + 1),
        "marks": pattern(vote.id, language),
        "language": language,
        "direction": get_locale().text_direction,
        "address": address,
        "code": qr(address, title=address),
    }


def _fits(options: Sequence[OptionFacts]) -> bool:
    """Whether every option has its row of one height on the front; with short texts below their names they have not."""
    return len(options) <= ONE_SIDE and not any(option.text_hash for option in options)


def _address(vote: VoteFacts, page: str = "") -> str:
    return f"{current_app.config['SITE_URL']}/paper/{vote.cycle.id}{page}"
