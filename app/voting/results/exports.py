"""The files of a result that anybody can take home and count again: ballots, lot, outcome, and the bundle of it all."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app

from app.core import files
from app.core.errors import NotFound
from app.cycles.queries import RuleCardFacts, rule_card
from app.cycles.rules import PublicationLevel
from app.voting.counting.closed_set import from_bytes
from app.voting.counting.formats import pabulib
from app.voting.counting.lots import commitment, drawn
from app.voting.queries import VoteFacts
from app.voting.results.bundle.exports import Label, packed
from app.voting.results.bundle.rules import CARD, LOT, OUTCOME, PROGRAM, SET
from app.voting.results.queries import ResultRecord
from app.voting.results.rules import vote_of_record

LOT_FORMAT = "lamplight-lot/1"


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A file on offer: what makes it, its media type, and whether it holds rankings (published at `full` only)."""

    make: Callable[[VoteFacts, ResultRecord], bytes]
    media_type: str
    holds_rankings: bool


def made(name: str, vote: VoteFacts, record: ResultRecord) -> bytes:
    """The file of that name; NotFound where the rule card keeps rankings unpublished, or there is no such file."""
    if name not in on_offer(vote):
        raise NotFound
    return DATASETS[name].make(vote, record)


def on_offer(vote: VoteFacts) -> list[str]:
    """The names of the files this vote publishes, by the publication level on its rule card."""
    full = _level(vote) is PublicationLevel.FULL
    return [name for name, dataset in DATASETS.items() if full or not dataset.holds_rankings]


def _card(vote: VoteFacts) -> RuleCardFacts:
    card = rule_card(vote.cycle.id)
    if card is None:
        raise NotFound
    return card


def _level(vote: VoteFacts) -> PublicationLevel:
    card = rule_card(vote.cycle.id)
    return PublicationLevel(card.content["publication_level"]) if card else PublicationLevel.TOTALS


def _closed_set(vote: VoteFacts, record: ResultRecord) -> bytes:
    return files.load(record.closed_set_hash)


def _pb(vote: VoteFacts, record: ResultRecord) -> bytes:
    card = _card(vote)
    meta = {
        "description": vote.cycle.name,
        "country": "",
        "unit": vote.cycle.neighborhood_name,
        "instance": str(vote.cycle.year),
        "currency": vote.cycle.currency,
        "rule": card.content["rule"],
    }
    counted = vote_of_record(
        card.content, from_bytes(_closed_set(vote, record)), record.facts.lot_order, record.withdrawn
    )
    return pabulib.write(counted, {key: value for key, value in meta.items() if value})


def _lot(vote: VoteFacts, record: ResultRecord) -> bytes:
    """Everything the lot order follows from, and the value each option was sorted by."""
    if record.lot_seed is None:
        return _plain({"format": LOT_FORMAT, "given": True, "order": [{"option": n} for n in record.facts.lot_order]})
    seed = bytes.fromhex(record.lot_seed)
    values = drawn(bytes.fromhex(record.closed_set_hash), seed, record.facts.lot_order)
    return _plain(
        {
            "format": LOT_FORMAT,
            "commitment": commitment(seed).hex(),
            "seed": record.lot_seed,
            "closed_set_sha256": record.closed_set_hash,
            "order": [{"option": number, "value": value} for number, value in values.items()],
        }
    )


def _plain(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=2, sort_keys=True) + "\n").encode()


def _outcome(vote: VoteFacts, record: ResultRecord) -> bytes:
    return record.outcome.encode()


def _recount(_vote: VoteFacts, _record: ResultRecord) -> bytes:
    """The program of anybody's recount, as it lies in the project."""
    return (Path(current_app.root_path).parent / "verifiers" / PROGRAM).read_bytes()


def _bundle(vote: VoteFacts, record: ResultRecord) -> bytes:
    label = Label(
        vote=vote.id.hex(),
        result=record.number,
        publication_level=_level(vote).value,
        withdrawn=record.withdrawn,
        closed_set_sha256=record.closed_set_hash,
    )
    offered = on_offer(vote)
    files = {name: DATASETS[name].make(vote, record) for name in BUNDLED if name in offered}
    return packed(label, {**files, CARD: _card(vote).text.encode("ascii")})


BUNDLED = (SET, LOT, OUTCOME, PROGRAM)

DATASETS: Mapping[str, Dataset] = {
    SET: Dataset(make=_closed_set, media_type="application/octet-stream", holds_rankings=True),
    "ballots.pb": Dataset(make=_pb, media_type="text/plain; charset=utf-8", holds_rankings=True),
    LOT: Dataset(make=_lot, media_type="application/json", holds_rankings=False),
    OUTCOME: Dataset(make=_outcome, media_type="application/json", holds_rankings=False),
    PROGRAM: Dataset(make=_recount, media_type="text/x-python; charset=utf-8", holds_rankings=False),
    # Below full publication it comes without the ballots.
    "bundle.zip": Dataset(make=_bundle, media_type="application/zip", holds_rankings=False),
}
