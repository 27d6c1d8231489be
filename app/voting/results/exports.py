"""The files of a result that anybody can take home and count again: ballots, lot, outcome, and the bundle of it all."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import current_app

from app.core import files
from app.core.errors import NotFound
from app.core.moments import day_in
from app.cycles.queries import RuleCardFacts, rule_card
from app.cycles.rules import PublicationLevel
from app.voting.counting.closed_set import from_bytes
from app.voting.counting.formats import grouped_csv, pabulib
from app.voting.counting.formats.ranked_files import RankedFile
from app.voting.counting.lots import commitment, drawn
from app.voting.log.proofs.queries import closing
from app.voting.queries import VoteFacts
from app.voting.results.bundle.exports import Label, packed
from app.voting.results.bundle.rules import CARD, LOG, LOT, OUTCOME, PATHS, PROGRAM, SET
from app.voting.results.publication.rules import below_full
from app.voting.results.queries import ResultRecord, is_replaced, whole_outcome
from app.voting.results.rules import read_outcome, vote_of_record
from app.voting.rules import SMALLEST_CELL

LOT_FORMAT, LOG_FORMAT = "lamplight-lot/1", "lamplight-log-end/1"


ALL, WHOLE = tuple(PublicationLevel), (PublicationLevel.FULL,)


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A file on offer: what makes it, its media type, and the levels that publish it."""

    make: Callable[[VoteFacts, ResultRecord], bytes]
    media_type: str
    levels: tuple[PublicationLevel, ...] = ALL


def made(name: str, vote: VoteFacts, record: ResultRecord) -> bytes:
    """The file of that name; NotFound where the rule card keeps it unpublished, or there is no such file."""
    if name not in on_offer(vote, record):
        raise NotFound
    return DATASETS[name].make(vote, record)


def on_offer(vote: VoteFacts, record: ResultRecord) -> list[str]:
    """The names of the files this count publishes, by the level on its rule card.

    Below level full a count that was replaced publishes none: held against the count that took its place, its totals
    would tell of small groups.
    """
    if record.level is not PublicationLevel.FULL and is_replaced(vote.id, record.number):
        return []
    offered = [name for name, dataset in DATASETS.items() if record.level in dataset.levels]
    return [name for name in offered if name != LOG or vote.log_public_key is not None]


def paths_hash(vote: VoteFacts, record: ResultRecord) -> str | None:
    """SHA-256 in hex of the published paths, for the page and the report; None where there are none."""
    return sha256(_paths(vote, record)).hexdigest() if PATHS in on_offer(vote, record) else None


def held(name: str, vote: VoteFacts, record: ResultRecord) -> bytes:
    """A file with whole rankings or all sums, for the board, observers and accredited checkers; NotFound for others."""
    if name not in HELD:
        raise NotFound
    return whole_outcome(record).encode() if name == OUTCOME else DATASETS[name].make(vote, record)


def _card(vote: VoteFacts) -> RuleCardFacts:
    card = rule_card(vote.cycle.id)
    if card is None:
        raise NotFound
    return card


def _closed_set(vote: VoteFacts, record: ResultRecord) -> bytes:
    return files.load(record.closed_set_hash)


def _pb(vote: VoteFacts, record: ResultRecord) -> bytes:
    card = _card(vote)
    meta = {
        "description": vote.cycle.name,
        "country": current_app.config["COUNTRY"],
        "unit": vote.cycle.neighborhood_name,
        "instance": str(vote.cycle.year),
        "currency": vote.cycle.currency,
        "rule": "unknown",  # none of those that Pabulib knows
        "comment": f"#1: counted by the rule {card.content['rule']} of Lamplight",
        "date_begin": _day(vote, vote.opens_at),
        "date_end": _day(vote, vote.closes_at),
    }
    counted = vote_of_record(
        card.content, from_bytes(_closed_set(vote, record)), record.facts.lot_order, record.withdrawn
    )
    return pabulib.write(counted, {key: value for key, value in meta.items() if value}, record.facts.funded)


def _day(vote: VoteFacts, at: datetime) -> str:
    """A day where the vote is held, as the format writes it."""
    return f"{day_in(vote.cycle.time_zone, at):%d.%m.%Y}"


def _csv(vote: VoteFacts, record: ResultRecord) -> bytes:
    """Every ranking as it was given, equal ones together: how many, and the codes of the options."""
    codes = tuple(option["code"] for option in _card(vote).content["options"])
    ballots = from_bytes(_closed_set(vote, record)).ballots
    return grouped_csv.write(RankedFile(ids=codes, names=codes, ballots=ballots))


def _paths(vote: VoteFacts, record: ResultRecord) -> bytes:
    return _consulted(_card(vote).text, record.closed_set_hash, record.withdrawn, whole_outcome(record))


@lru_cache(maxsize=4)
def _consulted(card: str, closed_set_hash: str, withdrawn: tuple[int, ...], outcome: str) -> bytes:
    """The paths of a count; the last few are kept, because those of a large vote take seconds to walk."""
    lot_order = read_outcome(outcome).lot_order
    counted = vote_of_record(json.loads(card), from_bytes(files.load(closed_set_hash)), lot_order, withdrawn)
    return below_full(PublicationLevel.CONSULTED, counted, outcome)[PATHS]


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


def _log(vote: VoteFacts, record: ResultRecord) -> bytes:
    """The head the log signed at the close, its note of how many envelopes came, and how many of them are counted.

    Whether somebody voted on paper or online is told apart only where each is ten or more, as everywhere.
    """
    end = closing(vote.id)
    if end is None:
        raise NotFound
    online = (vote.count_size or 0) - len(record.unread)
    on_paper = record.facts.ballots - online
    are_told = not any(0 < number < SMALLEST_CELL for number in (vote.count_size or 0, on_paper))
    head = {name: value for name, value in end.head.values.items() if name != "vote"}
    return _plain(
        {
            "format": LOG_FORMAT,
            "vote": vote.id.hex(),
            "log_public_key": end.log_public_key.hex(),
            "head": head,
            "closed": {"note": end.note, "position": end.position, "path": [step.hex() for step in end.path]},
            "count_root": vote.count_root,
            "envelopes": vote.count_size if are_told else None,
            "unreadable": len(record.unread),
            "on_paper": on_paper if are_told else None,
        }
    )


def _recount(_vote: VoteFacts, _record: ResultRecord) -> bytes:
    """The program of anybody's recount, as it lies in the project."""
    return (Path(current_app.root_path).parent / "verifiers" / PROGRAM).read_bytes()


def _bundle(vote: VoteFacts, record: ResultRecord) -> bytes:
    label = Label(
        vote=vote.id.hex(),
        result=record.number,
        publication_level=record.level.value,
        withdrawn=record.withdrawn,
        closed_set_sha256=record.closed_set_hash,
    )
    offered = on_offer(vote, record)
    inside = {name: DATASETS[name].make(vote, record) for name in BUNDLED if name in offered}
    return packed(label, {**inside, CARD: _card(vote).text.encode("ascii")})


BUNDLED = (SET, PATHS, LOT, OUTCOME, LOG, PROGRAM)

CSV, PB = "ballots.csv", "ballots.pb"
HELD = (SET, CSV, PB, OUTCOME)
"""What observers and accredited checkers are given below level full."""

DATASETS: Mapping[str, Dataset] = {
    SET: Dataset(make=_closed_set, media_type="application/octet-stream", levels=WHOLE),
    CSV: Dataset(make=_csv, media_type="text/csv; charset=utf-8", levels=WHOLE),
    PB: Dataset(make=_pb, media_type="text/plain; charset=utf-8", levels=WHOLE),
    PATHS: Dataset(make=_paths, media_type="application/json", levels=(PublicationLevel.CONSULTED,)),
    LOT: Dataset(make=_lot, media_type="application/json"),
    OUTCOME: Dataset(make=_outcome, media_type="application/json"),
    LOG: Dataset(make=_log, media_type="application/json"),
    PROGRAM: Dataset(make=_recount, media_type="text/x-python; charset=utf-8"),
    # Below full publication it comes without the ballots.
    "bundle.zip": Dataset(make=_bundle, media_type="application/zip"),
}
