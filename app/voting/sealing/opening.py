"""Opening a closed set of envelopes: rankings come out under new names in a new order, and nothing is dropped."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.voting.sealing import ballots, envelopes
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.keys import PrivateKey

BALLOT_ID_BYTES = 16


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
class Opened:
    """Every envelope of the set is in exactly one of the two: `ballots` by id, `unreadable` by hash."""

    ballots: tuple[OpenedBallot, ...]
    unreadable: tuple[Unreadable, ...]


def open_all(
    sealed: Iterable[SealedEnvelope],
    *,
    vote_id: bytes,
    private_keys: Mapping[int, PrivateKey],
    options: int,
    max_ranks: int,
) -> Opened:
    """Open a set of envelopes; whatever their order was, the order that comes out tells nothing about it.

    A second envelope around the same secret is a copy and is listed as REPEATED. `private_keys` as in
    `envelopes.open_envelope`; `options` and `max_ranks` as in `ballots.parse`. Never raises SealingError: each fault
    is listed with its envelope. Source: voting.md 5, steps 3 and 4.
    """
    opened: dict[bytes, tuple[int, ...]] = {}
    unreadable = []
    for envelope in sealed:
        try:
            plain = envelopes.open_envelope(
                envelope.ciphertext, envelope.commitment, vote_id=vote_id, private_keys=private_keys
            )
            ranking = ballots.parse(plain, vote_id=vote_id, options=options, max_ranks=max_ranks)
            if envelope.commitment in opened:
                raise SealingError(Fault.REPEATED)
            opened[envelope.commitment] = ranking
        except SealingError as error:
            unreadable.append(_listed(envelope, error))
    return Opened(
        ballots=tuple(sorted((_renamed(ranking) for ranking in opened.values()), key=lambda ballot: ballot.id)),
        unreadable=tuple(sorted(unreadable, key=lambda listed: (listed.ciphertext_hash, listed.fault))),
    )


def _renamed(ranking: tuple[int, ...]) -> OpenedBallot:
    return OpenedBallot(id=secrets.token_bytes(BALLOT_ID_BYTES), ranking=ranking)


def _listed(envelope: SealedEnvelope, error: SealingError) -> Unreadable:
    hashed = hashlib.sha256(envelope.ciphertext).digest()
    return Unreadable(ciphertext_hash=hashed, fault=error.fault, trustee=error.trustee)
