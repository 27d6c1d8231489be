"""The algorithms an envelope may name by number, so that a vote sealed today can still be opened after a change."""

from enum import IntEnum

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from app.voting.sealing.faults import Fault, SealingError

OpeningKey = MLKEM768X25519PrivateKey | X25519PrivateKey
ClosingKey = MLKEM768X25519PublicKey | X25519PublicKey


class Algorithm(IntEnum):
    """HPKE (RFC 9180) with HKDF-SHA-256 and AES-256-GCM; the numbers are ours and are never given twice.

    1 wraps with ML-KEM-768 and X25519 together, so that a copy stays closed to a later quantum computer;
    2 wraps with X25519 alone.
    """

    HYBRID = 1
    X25519 = 2


SUITES = {
    Algorithm.HYBRID: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    Algorithm.X25519: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}
TAG_BYTES = 16
OVERHEAD_BYTES = {
    Algorithm.HYBRID: KEM.MLKEM768_X25519.enc_length() + TAG_BYTES,
    Algorithm.X25519: KEM.X25519.enc_length() + TAG_BYTES,
}
SEED_BYTES = {Algorithm.HYBRID: 64 + 32, Algorithm.X25519: 32}
PUBLIC_BYTES = {Algorithm.HYBRID: 1184 + 32, Algorithm.X25519: 32}


def algorithm(number: int) -> Algorithm:
    """The algorithm of that number. Raises SealingError(UNKNOWN_ALGORITHM)."""
    try:
        return Algorithm(number)
    except ValueError:
        raise SealingError(Fault.UNKNOWN_ALGORITHM) from None


def opening_key(kind: Algorithm, seed: bytes) -> OpeningKey:
    """The private key grown from its seed (SEED_BYTES[kind] bytes). Raises ValueError on any other length."""
    exchange = X25519PrivateKey.from_private_bytes(seed[-32:])
    if kind is Algorithm.X25519:
        return exchange
    return MLKEM768X25519PrivateKey(MLKEM768PrivateKey.from_seed_bytes(seed[:-32]), exchange)


def public_of(kind: Algorithm, seed: bytes) -> bytes:
    """The public bytes (PUBLIC_BYTES[kind]) that belong to a private seed."""
    exchange = X25519PrivateKey.from_private_bytes(seed[-32:]).public_key().public_bytes_raw()
    if kind is Algorithm.X25519:
        return exchange
    return MLKEM768PrivateKey.from_seed_bytes(seed[:-32]).public_key().public_bytes_raw() + exchange


def closing_key(kind: Algorithm, public: bytes) -> ClosingKey:
    """The public key in its bytes (PUBLIC_BYTES[kind]). Raises ValueError when they are no such key."""
    exchange = X25519PublicKey.from_public_bytes(public[-32:])
    if kind is Algorithm.X25519:
        return exchange
    return MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(public[:-32]), exchange)
