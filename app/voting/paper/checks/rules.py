"""How many slips a sample needs, and which ones a public seed draws.

Source: voting.md section 8, step 6. With n of N slips checked and no error found, the chance of that happening when at
least `share` of them are wrong is C(N − K, n) / C(N, n) with K = ⌈share · N⌉ (hypergeometric); n is the smallest that
makes it 5 % or less.
"""

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256

SAMPLE_TAG = b"lamplight-paper-sample/1"
SHARES = (1, 2, 5)
"""Shares of wrong slips in percent for which a size is offered."""
DOUBT = Fraction(5, 100)


def sample_size(slips: int, share_percent: int) -> int:
    """The smallest sample that, without an error, makes fewer than `share_percent` wrong slips 95 % sure; exact."""
    wrong = max(1, -(-slips * share_percent // 100))
    chance, size = Fraction(1), 0
    while chance > DOUBT:
        chance *= Fraction(max(0, slips - wrong - size), slips - size)
        size += 1
    return size


def drawn(slips: Iterable[tuple[int, int]], size: int, *, vote_id: bytes, seed: str) -> list[tuple[int, int]]:
    """`size` of the slips, each (batch number, slip number), in order of batch and number.

    They are the first in order of SHA-256(tag ‖ vote id ‖ batch as 4 bytes ‖ slip as 4 bytes ‖ seed in UTF-8), so that
    anybody who knows the seed draws the same.
    """

    def rank(slip: tuple[int, int]) -> bytes:
        place = slip[0].to_bytes(4, "big") + slip[1].to_bytes(4, "big")
        return sha256(SAMPLE_TAG + vote_id + place + seed.encode()).digest()

    return sorted(sorted(slips, key=rank)[:size])
