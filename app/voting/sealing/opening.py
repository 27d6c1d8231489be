"""Opening a closed set of envelopes: rankings come out under new names in a new order, and nothing is dropped."""

import hashlib
import itertools
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.voting.sealing import ballots, envelopes
from app.voting.sealing.envelopes import BadShare, ReadyKey, SealedEnvelope
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.keys import PrivateKey

BALLOT_ID_BYTES = 16
CHUNK = 200


@dataclass(frozen=True, kw_only=True)
class OpenedBallot:
    """A ranking (option numbers from 1, best first) under a fresh random id of 16 bytes."""

    id: bytes
    ranking: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """An envelope that gave no ballot: SHA-256 of its ciphertext (32 bytes), why, and the trustee concerned, if one."""

    ciphertext_hash: bytes
    fault: Fault
    trustee: int | None


@dataclass(frozen=True, kw_only=True)
class FoundBad:
    """A share that was bad although its envelope gave its ballot, because other shares were enough."""

    ciphertext_hash: bytes
    fault: Fault
    trustee: int


@dataclass(frozen=True, kw_only=True)
class Opened:
    """Every envelope of the set is in exactly one of the first two: `ballots` by id, `unreadable` by hash."""

    ballots: tuple[OpenedBallot, ...]
    unreadable: tuple[Unreadable, ...]
    bad_shares: tuple[FoundBad, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Opener:
    """What it takes to open a chunk of envelopes, in this process or another; it can be sent there."""

    vote_id: bytes
    private_keys: Mapping[int, PrivateKey]
    options: int
    max_ranks: int
    threshold: int | None

    def __call__(self, chunk: Sequence[SealedEnvelope]) -> "list[Found]":
        """What was in each envelope, or its fault, in the order of the chunk."""
        keys = envelopes.ready(self.private_keys)
        return [self._found(keys, each) for each in chunk]

    def _found(self, keys: Mapping[int, ReadyKey], sealed: SealedEnvelope) -> "Found":
        try:
            opened = envelopes.open_with(
                keys, sealed.ciphertext, sealed.commitment, vote_id=self.vote_id, threshold=self.threshold
            )
            ranking = ballots.parse(
                opened.plain, vote_id=self.vote_id, options=self.options, max_ranks=self.max_ranks
            )
        except SealingError as error:
            return Found(sealed=_hash(sealed), commitment=sealed.commitment, fault=error.fault, trustee=error.trustee)
        bad = opened.bad_shares
        return Found(sealed=_hash(sealed), commitment=sealed.commitment, ranking=ranking, bad_shares=bad)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What came of one envelope on its way through an `Opener`; it is forgotten before `open_all` answers."""

    sealed: bytes
    commitment: bytes
    ranking: tuple[int, ...] | None = None
    fault: Fault | None = None
    trustee: int | None = None
    bad_shares: tuple[BadShare, ...] = ()


Spread = Callable[[Opener, Iterable[Sequence[SealedEnvelope]]], Iterable[list[Found]]]
"""How chunks are given out: the built-in `map`, or something that does the same on several cores."""


def open_all(
    sealed: Iterable[SealedEnvelope],
    *,
    vote_id: bytes,
    private_keys: Mapping[int, PrivateKey],
    options: int,
    max_ranks: int,
    threshold: int | None = None,
    spread: Spread = map,
) -> Opened:
    """Open a set of envelopes; whatever their order was, the order that comes out tells nothing about it.

    A second envelope around the same secret is a copy and is listed as REPEATED. `private_keys` and `threshold` as in
    `envelopes.open_envelope`; `options` and `max_ranks` as in `ballots.parse`. Never raises SealingError: each fault
    is listed with its envelope, and each bad share with its trustee. Source: voting.md 5, steps 3 and 4.
    """
    opener = Opener(
        vote_id=vote_id, private_keys=private_keys, options=options, max_ranks=max_ranks, threshold=threshold
    )
    opened: dict[bytes, tuple[int, ...]] = {}
    unreadable: list[Unreadable] = []
    bad: list[FoundBad] = []
    for found in itertools.chain.from_iterable(spread(opener, _chunks(sealed))):
        bad += [FoundBad(ciphertext_hash=found.sealed, fault=b.fault, trustee=b.trustee) for b in found.bad_shares]
        if found.ranking is None or found.commitment in opened:
            fault = found.fault or Fault.REPEATED
            unreadable.append(Unreadable(ciphertext_hash=found.sealed, fault=fault, trustee=found.trustee))
        else:
            opened[found.commitment] = found.ranking
    return Opened(
        ballots=tuple(sorted((_renamed(ranking) for ranking in opened.values()), key=lambda ballot: ballot.id)),
        unreadable=tuple(sorted(unreadable, key=lambda listed: (listed.ciphertext_hash, listed.fault))),
        bad_shares=tuple(sorted(bad, key=lambda listed: (listed.ciphertext_hash, listed.trustee))),
    )


def _chunks(sealed: Iterable[SealedEnvelope]) -> Iterator[Sequence[SealedEnvelope]]:
    rest = iter(sealed)
    while chunk := list(itertools.islice(rest, CHUNK)):
        yield chunk


def _renamed(ranking: tuple[int, ...]) -> OpenedBallot:
    return OpenedBallot(id=secrets.token_bytes(BALLOT_ID_BYTES), ranking=ranking)


def _hash(sealed: SealedEnvelope) -> bytes:
    return hashlib.sha256(sealed.ciphertext).digest()
