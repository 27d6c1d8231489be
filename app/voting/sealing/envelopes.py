"""One sealed ballot: a secret per ballot, a share of it for each trustee, and a commitment that keeps all honest."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.voting.sealing import shares, suites
from app.voting.sealing.ballots import PLAIN_BYTES, VOTE_ID_BYTES
from app.voting.sealing.faults import Fault, SealingError
from app.voting.sealing.keys import PrivateKey, PublicKey
from app.voting.sealing.suites import Algorithm

VERSION = b"lamplight-envelope/1"
FORMAT = 1
HEADER_BYTES = 4
NONCE_BYTES = 12
BODY_BYTES = NONCE_BYTES + PLAIN_BYTES + suites.TAG_BYTES


@dataclass(frozen=True, kw_only=True)
class SealedEnvelope:
    """`ciphertext`: always `ciphertext_bytes(…)` long. `commitment`: 32 bytes, kept beside it."""

    ciphertext: bytes
    commitment: bytes


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

    Raises ValueError for wrong lengths, keys of different algorithms or impossible numbers, NotImplementedError for
    a threshold above 1. Source: voting.md 4, "Exact parts".
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


def open_envelope(
    ciphertext: bytes, commitment: bytes, *, vote_id: bytes, private_keys: Mapping[int, PrivateKey]
) -> bytes:
    """The 512 bytes that were sealed. `private_keys`: each trustee's key under the number it was sealed to (from 1).

    Raises SealingError: MALFORMED, UNKNOWN_ALGORITHM, UNKNOWN_SHARING, TOO_FEW_KEYS, SHARE_UNREADABLE (naming the
    trustee: a wrong key, a damaged share or another vote's envelope), COMMITMENT_BROKEN (naming the trustee),
    CONTENT_DAMAGED. Source: voting.md 5.
    """
    parts = _parted(ciphertext)
    if not shares.is_offered(parts.threshold):
        raise SealingError(Fault.UNKNOWN_SHARING)
    if len(private_keys) < parts.threshold:
        raise SealingError(Fault.TOO_FEW_KEYS)
    opened = {number: _opened_share(parts, number, key, vote_id) for number, key in sorted(private_keys.items())}
    secret = shares.combine(opened, threshold=parts.threshold)
    for number, share in opened.items():
        # At a threshold of 1 each share is the secret, so a share that differs names its trustee.
        if not secrets.compare_digest(commitment_to(share, vote_id=vote_id), commitment):
            raise SealingError(Fault.COMMITMENT_BROKEN, trustee=number)
    try:
        associated = _associated(vote_id, parts.algorithm)
        return AESGCM(_content_key(secret, vote_id)).decrypt(parts.nonce, parts.content, associated)
    except InvalidTag:
        raise SealingError(Fault.CONTENT_DAMAGED) from None


def commitment_to(secret: bytes, *, vote_id: bytes) -> bytes:
    """SHA-256(tag, vote id (16 bytes), the ballot's secret (16 bytes)), 32 bytes: never a hash of the ranking."""
    return hashlib.sha256(VERSION + vote_id + secret).digest()


def _opened_share(parts: _Parts, number: int, key: PrivateKey, vote_id: bytes) -> bytes:
    if not 1 <= number <= len(parts.sealed_shares) or key.algorithm is not parts.algorithm:
        raise SealingError(Fault.SHARE_UNREADABLE, trustee=number)
    private = suites.opening_key(key.algorithm, key.sealing)
    sealed = parts.sealed_shares[number - 1]
    try:
        return suites.SUITES[parts.algorithm].decrypt(sealed, private, info=_info(vote_id, number))
    except (InvalidTag, ValueError):
        raise SealingError(Fault.SHARE_UNREADABLE, trustee=number) from None


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
    shares.ensure_offered(threshold=threshold, trustees=len(trustee_keys))
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
