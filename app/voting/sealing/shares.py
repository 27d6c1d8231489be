"""A ballot's secret in n shares of which any t bring it back; the one place to change when t grows beyond one."""

from collections.abc import Mapping

SECRET_BYTES = 16
MOST_TRUSTEES = 255


def split(secret: bytes, *, threshold: int, trustees: int) -> tuple[bytes, ...]:
    """One share of 16 bytes for each trustee, in order. With a threshold of 1 every share is the secret itself.

    Raises ValueError for impossible numbers and NotImplementedError for a threshold above 1, which needs Shamir's
    scheme (GF(2^128), share number = trustee number) and is not offered yet. Source: voting.md 4, 5.
    """
    ensure_offered(threshold=threshold, trustees=trustees)
    return (secret,) * trustees


def combine(shares: Mapping[int, bytes], *, threshold: int) -> bytes:
    """The secret from at least `threshold` shares, each under its trustee's number (from 1).

    It may be wrong when a share is: the commitment decides. Raises ValueError when there are too few shares and
    NotImplementedError for a threshold above 1.
    """
    ensure_offered(threshold=threshold, trustees=max(shares, default=0))
    return shares[min(shares)]


def is_offered(threshold: int) -> bool:
    """Whether this program can split and combine at that threshold."""
    return threshold == 1


def ensure_offered(*, threshold: int, trustees: int) -> None:
    """Raise where `threshold` of `trustees` is impossible (ValueError) or not offered yet (NotImplementedError)."""
    if not 1 <= threshold <= trustees <= MOST_TRUSTEES:
        raise ValueError(f"{threshold} of {trustees} trustees cannot be")
    if not is_offered(threshold):
        raise NotImplementedError("more than one key to open an envelope is not offered yet")
