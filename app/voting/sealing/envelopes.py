"""One sealed ballot: a secret per ballot, a share of it for each trustee, and a commitment that keeps all honest."""

import hashlib
import itertools
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.voting.sealing import shares, suites
from app.voting.sealing.ballots import PLAIN_BYTES, VOTE_ID_BYTES
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.keys import PrivateKey, PublicKey
from app.voting.sealing.suites import Algorithm, OpeningKey

VERSION = b"lamplight-envelope/1"
FORMAT = 1
HEADER_BYTES = 4
NONCE_BYTES = 12
BODY_BYTES = NONCE_BYTES + PLAIN_BYTES + suites.TAG_BYTES
MOST_TRIES = 1000
"""How many sets of shares are tried on one envelope: enough for 6 of 12 keys, where 128 of 255 would never end."""


@dataclass(frozen=True, kw_only=True)
class SealedEnvelope:
    """`ciphertext`: always `ciphertext_bytes(…)` long. `commitment`: 32 bytes, kept beside it."""

    ciphertext: bytes
    commitment: bytes


@dataclass(frozen=True, kw_only=True)
class BadShare:
    """A share that was not needed and is not what it should be: whose it is, and whether it opened at all."""

    trustee: int
    fault: Fault


@dataclass(frozen=True, kw_only=True)
class OpenedEnvelope:
    """The 512 bytes that were sealed, and the shares that were found bad although the ballot could be had."""

    plain: bytes
    bad_shares: tuple[BadShare, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReadyKey:
    """A trustee's key as the sealing library holds it; growing it from its seed takes longer than opening a share."""

    algorithm: Algorithm
    opening: OpeningKey = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class _Parts:
    algorithm: Algorithm
    threshold: int
    sealed_shares: tuple[bytes, ...]
    nonce: bytes
    content: bytes


def ciphertext_bytes(algorithm: Algorithm, *, trustees: int) -> int:
    """How long every ciphertext of a vote is: a header of 4 bytes, a sealed share a trustee, the sealed ballot."""
    return HEADER_BYTES + trustees * _sealed_share_bytes(algorithm) + BODY_BYTES


def seal(plain: bytes, *, vote_id: bytes, trustee_keys: Sequence[PublicKey], threshold: int) -> SealedEnvelope:
    """Seal 512 bytes (`ballots.canonical`) so that `threshold` of the trustees, numbered from 1 in this order, open it.

    Raises ValueError for wrong lengths, keys of different algorithms or impossible numbers. Source: voting.md 4,
    "Exact parts".
    """
    algorithm = _ensure_sealable(plain, vote_id, trustee_keys, threshold)
    secret, nonce = secrets.token_bytes(shares.SECRET_BYTES), secrets.token_bytes(NONCE_BYTES)
    parts = shares.split(secret, threshold=threshold, trustees=len(trustee_keys))
    sealed = [
        suites.SUITES[algorithm].encrypt(part, suites.closing_key(algorithm, key.sealing), info=_info(vote_id, number))
        for number, (part, key) in enumerate(zip(parts, trustee_keys, strict=True), start=1)
    ]
    content = AESGCM(_content_key(secret, vote_id)).encrypt(nonce, plain, _associated(vote_id, algorithm))
    header = bytes([FORMAT, algorithm, threshold, len(trustee_keys)])
    return SealedEnvelope(
        ciphertext=header + b"".join(sealed) + nonce + content, commitment=commitment_to(secret, vote_id=vote_id)
    )


def ready(private_keys: Mapping[int, PrivateKey]) -> dict[int, ReadyKey]:
    """The same keys, grown once for many envelopes. They cannot be sent to another process: send the private keys."""
    return {
        number: ReadyKey(algorithm=key.algorithm, opening=suites.opening_key(key.algorithm, key.sealing))
        for number, key in sorted(private_keys.items())
    }


def open_envelope(
    ciphertext: bytes,
    commitment: bytes,
    *,
    vote_id: bytes,
    private_keys: Mapping[int, PrivateKey],
    threshold: int | None = None,
) -> OpenedEnvelope:
    """What was sealed. `private_keys`: t or more keys of trustees, each under the number it was sealed to (from 1).

    The commitment decides which shares are good: where more keys than needed are given, other sets of t are tried, so
    that one bad share loses no ballot, and its trustee is named in `bad_shares`. `threshold`: the vote's own; an
    envelope that says another is MALFORMED.

    Raises SealingError: MALFORMED, UNKNOWN_ALGORITHM, TOO_FEW_KEYS, SHARE_UNREADABLE (too few shares open; it names
    the first trustee whose share does not: a wrong key, a damaged share or another vote's envelope),
    COMMITMENT_BROKEN (no set of t shares gives the promised secret; it names a trustee only where one alone is
    concerned, because of two shares that do not fit each other nobody can say which is false), CONTENT_DAMAGED.
    Source: voting.md 5.
    """
    return open_with(ready(private_keys), ciphertext, commitment, vote_id=vote_id, threshold=threshold)


def open_with(
    keys: Mapping[int, ReadyKey], ciphertext: bytes, commitment: bytes, *, vote_id: bytes, threshold: int | None = None
) -> OpenedEnvelope:
    """`open_envelope` with keys that are `ready`."""
    parts = _parted(ciphertext)
    if threshold not in (None, parts.threshold):
        raise SealingError(Fault.MALFORMED)
    if len(keys) < parts.threshold:
        raise SealingError(Fault.TOO_FEW_KEYS)
    opened = {number: _opened_share(parts, number, key, vote_id) for number, key in keys.items()}
    unreadable = [number for number, share in opened.items() if share is None]
    given = {number: share for number, share in opened.items() if share is not None}
    if len(given) < parts.threshold:
        raise SealingError(Fault.SHARE_UNREADABLE, trustee=unreadable[0])
    good = _good_set(given, parts.threshold, commitment, vote_id)
    false = _false_shares(given, good, commitment, vote_id)
    bad = [BadShare(trustee=number, fault=Fault.SHARE_UNREADABLE) for number in unreadable]
    bad += [BadShare(trustee=number, fault=Fault.COMMITMENT_BROKEN) for number in false]
    plain = _content(parts, shares.combine(good, threshold=parts.threshold), vote_id)
    return OpenedEnvelope(plain=plain, bad_shares=tuple(sorted(bad, key=lambda each: each.trustee)))


def commitment_to(secret: bytes, *, vote_id: bytes) -> bytes:
    """SHA-256(tag, vote id (16 bytes), the ballot's secret (16 bytes)), 32 bytes: never a hash of the ranking."""
    return hashlib.sha256(VERSION + vote_id + secret).digest()


def _good_set(given: Mapping[int, bytes], threshold: int, commitment: bytes, vote_id: bytes) -> dict[int, bytes]:
    """The first set of `threshold` shares that keeps the commitment."""
    sets = itertools.combinations(given.items(), threshold)
    for tried in map(dict, itertools.islice(sets, MOST_TRIES)):
        if _keeps(commitment, tried, vote_id):
            return tried
    raise SealingError(Fault.COMMITMENT_BROKEN, trustee=next(iter(given)) if len(given) == 1 else None)


def _false_shares(
    given: Mapping[int, bytes], good: Mapping[int, bytes], commitment: bytes, vote_id: bytes
) -> Iterable[int]:
    """Whose shares do not fit the good ones: each takes the place of a good one, and the commitment decides."""
    rest = dict(list(good.items())[1:])
    others = {number: share for number, share in given.items() if number not in good}
    return [number for number, share in others.items() if not _keeps(commitment, {**rest, number: share}, vote_id)]


def _keeps(commitment: bytes, tried: Mapping[int, bytes], vote_id: bytes) -> bool:
    secret = shares.combine(tried, threshold=len(tried))
    return secrets.compare_digest(commitment_to(secret, vote_id=vote_id), commitment)


def _content(parts: _Parts, secret: bytes, vote_id: bytes) -> bytes:
    try:
        associated = _associated(vote_id, parts.algorithm)
        return AESGCM(_content_key(secret, vote_id)).decrypt(parts.nonce, parts.content, associated)
    except InvalidTag:
        raise SealingError(Fault.CONTENT_DAMAGED) from None


def _opened_share(parts: _Parts, number: int, key: ReadyKey, vote_id: bytes) -> bytes | None:
    if not 1 <= number <= len(parts.sealed_shares) or key.algorithm is not parts.algorithm:
        return None
    sealed = parts.sealed_shares[number - 1]
    try:
        return suites.SUITES[parts.algorithm].decrypt(sealed, key.opening, info=_info(vote_id, number))
    except (InvalidTag, ValueError):
        return None


def _parted(ciphertext: bytes) -> _Parts:
    if len(ciphertext) < HEADER_BYTES or ciphertext[0] != FORMAT:
        raise SealingError(Fault.MALFORMED)
    algorithm, threshold, trustees = suites.algorithm(ciphertext[1]), ciphertext[2], ciphertext[3]
    if not 1 <= threshold <= trustees or len(ciphertext) != ciphertext_bytes(algorithm, trustees=trustees):
        raise SealingError(Fault.MALFORMED)
    size, body = _sealed_share_bytes(algorithm), len(ciphertext) - BODY_BYTES
    return _Parts(
        algorithm=algorithm,
        threshold=threshold,
        sealed_shares=tuple(ciphertext[at : at + size] for at in range(HEADER_BYTES, body, size)),
        nonce=ciphertext[body : body + NONCE_BYTES],
        content=ciphertext[body + NONCE_BYTES :],
    )


def _ensure_sealable(plain: bytes, vote_id: bytes, trustee_keys: Sequence[PublicKey], threshold: int) -> Algorithm:
    if len(plain) != PLAIN_BYTES or len(vote_id) != VOTE_ID_BYTES:
        raise ValueError(f"seal {PLAIN_BYTES} bytes under a vote id of {VOTE_ID_BYTES}")
    shares.ensure_possible(threshold=threshold, trustees=len(trustee_keys))
    algorithms = {key.algorithm for key in trustee_keys}
    if len(algorithms) != 1:
        raise ValueError("all trustees of a vote use the same algorithm")
    return algorithms.pop()


def _sealed_share_bytes(algorithm: Algorithm) -> int:
    return suites.OVERHEAD_BYTES[algorithm] + shares.SECRET_BYTES


def _info(vote_id: bytes, trustee: int) -> bytes:
    return VERSION + vote_id + bytes([trustee])


def _associated(vote_id: bytes, algorithm: Algorithm) -> bytes:
    return VERSION + vote_id + bytes([algorithm])


def _content_key(secret: bytes, vote_id: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=VERSION + vote_id).derive(secret)
