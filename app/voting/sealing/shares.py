"""A ballot's secret in n shares of which any t bring it back and t - 1 tell nothing: the one place that knows how."""

from collections.abc import Mapping

from Crypto.Protocol.SecretSharing import Shamir

SECRET_BYTES = 16
MOST_TRUSTEES = 255


def split(secret: bytes, *, threshold: int, trustees: int) -> tuple[bytes, ...]:
    """One share of 16 bytes for each trustee, in order. With a threshold of 1 every share is the secret itself.

    Above 1: Shamir's scheme over GF(2^128), share number = trustee number. Raises ValueError for impossible numbers.
    Source: voting.md 4, 5.
    """
    ensure_possible(threshold=threshold, trustees=trustees)
    if threshold == 1:
        return (secret,) * trustees
    return tuple(share for _number, share in Shamir.split(threshold, trustees, secret))


def combine(shares: Mapping[int, bytes], *, threshold: int) -> bytes:
    """The secret from exactly `threshold` shares, each under its trustee's number (from 1).

    It is wrong when a share is, and nothing here can tell: the commitment decides. Raises ValueError for another
    number of shares.
    """
    if len(shares) != threshold:
        raise ValueError(f"a threshold of {threshold} joins as many shares, not {len(shares)}")
    if threshold == 1:
        return next(iter(shares.values()))
    return Shamir.combine(list(shares.items()))


def ensure_possible(*, threshold: int, trustees: int) -> None:
    """Raise ValueError where `threshold` of `trustees` cannot be."""
    if not 1 <= threshold <= trustees <= MOST_TRUSTEES:
        raise ValueError(f"{threshold} of {trustees} trustees cannot be")
