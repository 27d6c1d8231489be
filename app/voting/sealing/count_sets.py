"""The count set: what leaves the server for the key holders, every final envelope of a vote and nothing of the roll."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from app.voting.sealing import keys
from app.voting.sealing.ballots import MOST_OPTIONS, MOST_RANKS, VOTE_ID_BYTES
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.faults import SealingError
from app.voting.sealing.keys import PublicKey
from app.voting.sealing.reading import BadFile, Reader, Wrong
from app.voting.tree import merkle

TAG = b"lamplight-count-set/1\n"
HASH_BYTES = 32
MOST_NAME_BYTES = 400
MOST_ENVELOPES = 2**32 - 1


class BadCountSet(BadFile):
    """A count set that is refused."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a count set without its envelopes: enough to check a result against.

    `vote_id`: 16 bytes. `name`: what people call the vote. `rule_card_hash`, `count_root`: 32 bytes. `threshold`:
    how many of the `public_keys`, numbered from 1 in this order, open it. `number`: how many envelopes. `drill`: the
    vote is invented.
    """

    vote_id: bytes
    name: str
    rule_card_hash: bytes
    options: int
    max_ranks: int
    threshold: int
    public_keys: tuple[PublicKey, ...]
    number: int
    count_root: bytes
    drill: bool = False

    def to_bytes(self) -> bytes:
        """The first part of the file, without the hash that closes it."""
        named = self.name.encode()
        held = b"".join(_sized(key.to_bytes(), 2) for key in self.public_keys)
        numbers = self.options.to_bytes(2, "big") + self.max_ranks.to_bytes(2, "big")
        people = bytes([self.threshold, len(self.public_keys)])
        parts = (TAG, bytes([self.drill]), self.vote_id, _sized(named, 2), self.rule_card_hash, numbers, people, held)
        return b"".join((*parts, self.number.to_bytes(4, "big"), self.count_root))

    def hash(self) -> bytes:
        """32 bytes that stand for everything the opening depends on, `count_root` included."""
        return hashlib.sha256(self.to_bytes()).digest()


@dataclass(frozen=True, kw_only=True)
class CountSet:
    """The facts, and the envelopes by the SHA-256 of their ciphertext: their order tells nothing of the roll's."""

    facts: Facts
    envelopes: Sequence[SealedEnvelope]


def gather(
    envelopes: Iterable[SealedEnvelope],
    *,
    vote_id: bytes,
    name: str,
    rule_card_hash: bytes,
    options: int,
    max_ranks: int,
    threshold: int,
    public_keys: Sequence[PublicKey],
    drill: bool = False,
) -> CountSet:
    """The count set of a vote. Raises BadCountSet(IMPOSSIBLE) where the facts do not fit the file."""
    ordered = sorted(envelopes, key=record)
    facts = Facts(
        vote_id=vote_id,
        name=name,
        rule_card_hash=rule_card_hash,
        options=options,
        max_ranks=max_ranks,
        threshold=threshold,
        public_keys=tuple(public_keys),
        number=len(ordered),
        count_root=count_root(ordered),
        drill=drill,
    )
    _ensure_possible(facts)
    return CountSet(facts=facts, envelopes=ordered)


def record(envelope: SealedEnvelope) -> bytes:
    """What the tree holds of an envelope: SHA-256 of the ciphertext (32 bytes), then the commitment."""
    return hashlib.sha256(envelope.ciphertext).digest() + envelope.commitment


def count_root(ordered: Iterable[SealedEnvelope]) -> bytes:
    """The published root over the envelopes in the order of their records: the tree of RFC 9162, 32 bytes."""
    return merkle.root(record(each) for each in ordered)


def to_bytes(count_set: CountSet) -> bytes:
    """The file: facts, their hash, then each envelope's length (4 bytes), ciphertext, commitment (1 byte of length)."""
    return b"".join((count_set.facts.to_bytes(), count_set.facts.hash(), *map(_written, count_set.envelopes)))


def from_bytes(data: bytes) -> CountSet:
    """The count set in a file made by `to_bytes`; the envelopes stay in `data` and are cut out when asked for.

    A file in which any byte changed is refused: the facts carry their hash, and the envelopes must give `count_root`.
    Whether an envelope opens is another question, which the opening answers. Raises BadCountSet.
    """
    reader = Reader(data, BadCountSet)
    facts = _facts(reader)
    if reader.take(HASH_BYTES) != facts.hash():
        raise BadCountSet(Wrong.DAMAGED)
    starts = array("Q")
    for _envelope in range(facts.number):
        starts.append(reader.at)
        reader.take(reader.number(4))
        reader.take(reader.number(1))
    reader.end()
    envelopes = _Cut(data, starts)
    _ensure_ordered(envelopes)
    if count_root(envelopes) != facts.count_root:
        raise BadCountSet(Wrong.DAMAGED)
    return CountSet(facts=facts, envelopes=envelopes)


class _Cut(Sequence[SealedEnvelope]):
    """Envelopes that are cut out of the file one at a time: a million of them are four gigabytes."""

    def __init__(self, data: bytes, starts: Sequence[int]) -> None:
        self._data, self._starts = data, starts

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> SealedEnvelope: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[SealedEnvelope]: ...

    def __getitem__(self, index: int | slice) -> SealedEnvelope | Sequence[SealedEnvelope]:
        if isinstance(index, slice):
            return _Cut(self._data, self._starts[index])
        start = self._starts[index] + 4
        end = start + int.from_bytes(self._data[start - 4 : start], "big")
        commitment = self._data[end + 1 : end + 1 + self._data[end]]
        return SealedEnvelope(ciphertext=self._data[start:end], commitment=commitment)

    def __iter__(self) -> Iterator[SealedEnvelope]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)


def _facts(reader: Reader) -> Facts:
    reader.tag(TAG)
    drill, vote_id = bool(reader.number(1, most=1)), reader.take(VOTE_ID_BYTES)
    name, rule_card_hash = _name(reader), reader.take(HASH_BYTES)
    options, max_ranks, threshold = reader.number(2), reader.number(2), reader.number(1)
    facts = Facts(
        drill=drill,
        vote_id=vote_id,
        name=name,
        rule_card_hash=rule_card_hash,
        options=options,
        max_ranks=max_ranks,
        threshold=threshold,
        public_keys=tuple(_public_key(reader) for _ in range(reader.number(1))),
        number=reader.number(4),
        count_root=reader.take(HASH_BYTES),
    )
    _ensure_possible(facts)
    return facts


def _name(reader: Reader) -> str:
    try:
        return reader.take(reader.number(2, most=MOST_NAME_BYTES)).decode()
    except UnicodeDecodeError:
        raise BadCountSet(Wrong.DAMAGED) from None


def _public_key(reader: Reader) -> PublicKey:
    data = reader.take(reader.number(2))
    try:
        return keys.public_from(data)
    except SealingError:
        raise BadCountSet(Wrong.DAMAGED) from None


def _ensure_possible(facts: Facts) -> None:
    sizes = len(facts.vote_id) == VOTE_ID_BYTES and len(facts.rule_card_hash) == HASH_BYTES
    named = len(facts.name.encode()) <= MOST_NAME_BYTES and facts.name.isprintable()
    numbers = 0 <= facts.options <= MOST_OPTIONS and 0 <= facts.max_ranks <= MOST_RANKS
    people = 1 <= facts.threshold <= len(facts.public_keys) <= 255
    distinct = len(set(facts.public_keys)) == len(facts.public_keys)
    if not (sizes and named and numbers and people and distinct and facts.number <= MOST_ENVELOPES):
        raise BadCountSet(Wrong.IMPOSSIBLE)


def _ensure_ordered(envelopes: Iterable[SealedEnvelope]) -> None:
    before = b""
    for each in envelopes:
        here = record(each)
        if here < before:
            raise BadCountSet(Wrong.OUT_OF_ORDER)
        before = here


def _written(envelope: SealedEnvelope) -> bytes:
    return _sized(envelope.ciphertext, 4) + _sized(envelope.commitment, 1)


def _sized(data: bytes, width: int) -> bytes:
    return len(data).to_bytes(width, "big") + data
