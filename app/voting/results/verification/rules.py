"""A result held to a fresh count, from the site's own record or from a bundle that somebody has taken home."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.cycles.rules import canonical, card_hash
from app.voting.counting.closed_set import BadSet, from_bytes
from app.voting.counting.count import count
from app.voting.counting.lots import commitment, lot_order
from app.voting.counting.ranked import first_difference
from app.voting.counting.records import BadVote, Rule, Vote
from app.voting.results.bundle.rules import CARD, FORMAT, LOT, MANIFEST, OUTCOME, SET
from app.voting.results.rules import BadRecord, vote_of_record

HALF = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Kept:
    """A result as it is on record: what was counted, by which rule, and the canonical outcome that came of it."""

    name: str
    vote: Vote
    rule: Rule
    outcome: str
    closed_set_hash: str


def differences(kept: Kept, progress: Callable[[float], None]) -> list[str]:
    """Where a fresh count differs from the record; nothing where both of our counts give it byte for byte."""
    outcome = count(kept.vote, kept.rule, lambda done: progress(HALF * done))
    found = []
    text = canonical(outcome.as_json())
    if text != kept.outcome:
        at = _first(text, kept.outcome)
        found.append(f"the outcome counted again differs from the one on record, first at byte {at}")
    second = first_difference(kept.vote, outcome, lambda done: progress(HALF + HALF * done))
    if second is not None:
        found.append(f"the second count differs from the first: {second}")
    return found


def from_bundle(files: Mapping[str, bytes]) -> Kept:
    """The result in a bundle's files, each held to the hash that vouches for it; BadRecord where one does not fit."""
    manifest = _json(files, MANIFEST)
    try:
        _ensure_whole(manifest, files)
        card, closed = _json(files, CARD), from_bytes(files[SET])
        set_hash = sha256(files[SET]).hexdigest()
        _ensure(closed.rule_card_hash.hex() == card_hash(files[CARD].decode("ascii")), "the ballots have another card")
        order = _order(card, bytes.fromhex(set_hash), files)
        vote = vote_of_record(card, closed, order, manifest["withdrawn"])
        name = f"{card['cycle']['name']}, count {manifest['result']}"
        return Kept(
            name=name,
            vote=vote,
            rule=Rule(card["rule"]),
            outcome=files[OUTCOME].decode("ascii"),
            closed_set_hash=set_hash,
        )
    except (KeyError, TypeError, ValueError, BadSet, BadVote) as reason:
        raise BadRecord(f"the bundle cannot be read: {reason}") from reason


def _ensure_whole(manifest: Any, files: Mapping[str, bytes]) -> None:
    _ensure(manifest["format"] == FORMAT, f"the format is not {FORMAT}")
    _ensure(SET in files, "it was published without its ballots, so that nobody but the board can count it again")
    for name, digest in manifest["files"].items():
        _ensure(name in files, f"{name} is missing")
        _ensure(sha256(files[name]).hexdigest() == digest, f"{name} is not the file the manifest names")
    for name, field in ((CARD, "rule_card_sha256"), (SET, "closed_set_sha256"), (OUTCOME, "outcome_sha256")):
        _ensure(sha256(files[name]).hexdigest() == manifest[field], f"{name} is not the file the manifest vouches for")


def _order(card: Any, set_hash: bytes, files: Mapping[str, bytes]) -> tuple[int, ...]:
    """The lot order: the one the card gives, or the one that follows from the promised seed and the closed set."""
    if card.get("lot_order") is not None:
        return tuple(card["lot_order"])
    seed = bytes.fromhex(_json(files, LOT)["seed"])
    _ensure(commitment(seed).hex() == card["lot_commitment"], "the seed of the lot is not the one promised")
    return lot_order(set_hash, seed, [option["number"] for option in card["options"]])


def _json(files: Mapping[str, bytes], name: str) -> Any:
    try:
        return json.loads(files[name])
    except (KeyError, ValueError) as reason:
        raise BadRecord(f"the bundle cannot be read: there is no readable {name}") from reason


def _ensure(condition: bool, reason: str) -> None:
    if not condition:
        raise BadRecord(reason)


def _first(one: str, other: str) -> int:
    pairs: Iterator[tuple[str, str]] = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs, start=1) if a != b), min(len(one), len(other)) + 1)
