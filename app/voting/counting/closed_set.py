"""The closed ballot set: one canonical file of all ballots of a vote, the only thing a count of record reads."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from app.voting.counting.records import MOST_OPTIONS, BadVote, Ballots, check_ballots, in_order

FORMAT = "lamplight-ballots/1"
FIELDS = ("ballots", "format", "max_ranks", "options", "rule_card", "salt", "vote")
WIDEST = 1_000  # ranks; far beyond any ballot, and it bounds what a hostile header can ask for

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


class BadSet(ValueError):
    """These bytes are not a closed ballot set in its one canonical form."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ClosedSet:
    """All ballots of one vote: its id, the SHA-256 of its rule card, the number of options, and a 32-byte salt.

    `ballots` is an n × max_ranks matrix of option numbers from 1, zero-padded; blank ballots are rows of zeros.
    """

    vote_id: str
    rule_card_hash: bytes
    options: int
    max_ranks: int
    ballots: Ballots
    salt: bytes

    @property
    def sha256(self) -> bytes:
        """The 32-byte hash published at close: SHA-256 of the file."""
        return sha256(to_bytes(self)).digest()


def to_bytes(closed: ClosedSet) -> bytes:
    """The canonical file: a line of JSON, then a record a ballot, records in the order of their bytes.

    Narrower ballots are padded to max_ranks. Raises BadSet if the parts do not fit. Source: Counting, "Files".
    """
    _check(closed)
    padded = np.zeros((len(closed.ballots), closed.max_ranks), dtype=">u2")
    padded[:, : closed.ballots.shape[1]] = in_order(closed.ballots)
    return _header(closed) + padded.tobytes()


def from_bytes(data: bytes) -> ClosedSet:
    """Read a canonical file; BadSet for anything that `to_bytes` would not have written byte for byte."""
    line, newline, records = data.partition(b"\n")
    if not newline:
        raise BadSet("there is no first line")
    fields = _fields(line)
    count, width = fields["ballots"], fields["max_ranks"]
    if len(records) != count * width * 2:
        raise BadSet(f"{count} ballots of {width} ranks are {count * width * 2} bytes, but {len(records)} follow")
    closed = ClosedSet(
        vote_id=fields["vote"],
        rule_card_hash=bytes.fromhex(fields["rule_card"]),
        options=fields["options"],
        max_ranks=width,
        ballots=np.frombuffer(records, dtype=">u2").reshape(count, width).astype(np.uint16),
        salt=bytes.fromhex(fields["salt"]),
    )
    _check(closed)
    _check_order(closed.ballots)
    if _header(closed) != line + newline:
        raise BadSet("the first line is not canonical")
    return closed


def _header(closed: ClosedSet) -> bytes:
    fields = {
        "ballots": len(closed.ballots),
        "format": FORMAT,
        "max_ranks": closed.max_ranks,
        "options": closed.options,
        "rule_card": closed.rule_card_hash.hex(),
        "salt": closed.salt.hex(),
        "vote": closed.vote_id,
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii") + b"\n"


def _fields(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise BadSet("the first line is not JSON in ASCII") from error
    if not isinstance(fields, dict) or tuple(sorted(fields)) != FIELDS:
        raise BadSet(f"the first line holds {', '.join(FIELDS)} and nothing else")
    if fields["format"] != FORMAT:
        raise BadSet(f"the format is not {FORMAT}")
    if not all(type(fields[name]) is int and fields[name] >= 0 for name in ("ballots", "max_ranks", "options")):
        raise BadSet("ballots, max_ranks and options are whole numbers")
    if not 1 <= fields["max_ranks"] <= WIDEST:
        raise BadSet(f"max_ranks lies between 1 and {WIDEST}")
    if not all(isinstance(fields[name], str) and _HASH.fullmatch(fields[name]) for name in ("rule_card", "salt")):
        raise BadSet("rule_card and salt are 64 hexadecimal digits")
    if not isinstance(fields["vote"], str):
        raise BadSet("the vote id is text")
    return fields


def _check(closed: ClosedSet) -> None:
    if len(closed.rule_card_hash) != 32 or len(closed.salt) != 32:
        raise BadSet("the hash of the rule card and the salt are 32 bytes each")
    if not 0 <= closed.options <= MOST_OPTIONS or closed.max_ranks > WIDEST:
        raise BadSet(f"at most {MOST_OPTIONS} options and {WIDEST} ranks")
    try:
        check_ballots(closed.ballots, max_ranks=closed.max_ranks, options=closed.options)
    except BadVote as error:
        raise BadSet(str(error)) from error


def _check_order(ballots: Ballots) -> None:
    earlier, later = ballots[:-1], ballots[1:]
    differ = earlier != later
    first = differ.argmax(axis=1)
    row = np.arange(len(first))
    if bool((earlier[row, first] > later[row, first]).any()):
        raise BadSet("the records are not in the order of their bytes")
