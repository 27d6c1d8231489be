"""The lot: a secret promised before the vote, which with the closed ballots fixes the order that ends ties."""

import hmac
from collections.abc import Iterable
from hashlib import sha256

COMMITMENT_TAG = b"lamplight-lot/1"


def commitment(seed: bytes) -> bytes:
    """SHA-256 of the tag and the 32-byte seed, published before opening. Source: Counting, "Ties"."""
    return sha256(COMMITMENT_TAG + _exactly_32(seed, "seed")).digest()


def keeps_the_promise(seed: bytes, promised: bytes) -> bool:
    """Whether this seed is the one whose 32-byte commitment was published."""
    return hmac.compare_digest(commitment(seed), promised)


def lot_order(set_hash: bytes, seed: bytes, numbers: Iterable[int]) -> tuple[int, ...]:
    """The option numbers in lot order: sorted by SHA-256(closed set's hash ‖ seed ‖ number as 4 bytes, big-endian).

    `set_hash` and `seed` are 32 bytes each. Of tied options the earlier is funded, the last is eliminated.
    """
    return tuple(drawn(set_hash, seed, numbers))


def drawn(set_hash: bytes, seed: bytes, numbers: Iterable[int]) -> dict[int, str]:
    """The value in hex that each option number is sorted by, in lot order; ValueError unless both are 32 bytes."""
    start = _exactly_32(set_hash, "hash of the closed ballot set") + _exactly_32(seed, "seed")
    values = {number: sha256(start + number.to_bytes(4, "big")).hexdigest() for number in numbers}
    return dict(sorted(values.items(), key=lambda pair: pair[1]))


def _exactly_32(value: bytes, name: str) -> bytes:
    if len(value) != 32:
        raise ValueError(f"the {name} is 32 bytes, not {len(value)}")
    return value
