"""When the log of a vote is kept up, when a head may be signed, and what is wrong with a log that was cut."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from app.voting.tree import merkle
from app.voting.tree.heads import Head

KEPT_UP_FOR = timedelta(days=120)
"""How long after the close the log still grows by notes: through count, objections and the destruction of keys."""
MOST_WITNESSES = 20
MOST_WITNESS_NAME = 60


class Problem(StrEnum):
    """What is wrong with a log; a vote with any of these stays shut."""

    NO_KEY = "no_key"
    KEY_LOST = "key_lost"
    CUT = "cut"
    FORKED = "forked"
    KEPT_HEAD_UNREADABLE = "kept_head_unreadable"
    DAMAGED = "damaged"


def key_bytes(typed: str) -> bytes | None:
    """The 32 bytes of a witness's public key as somebody typed it, in hex with or without spaces; None for no key."""
    try:
        key = bytes.fromhex("".join(typed.split()))
    except ValueError:
        return None
    return key if len(key) == 32 else None


def is_kept_up(now: datetime, *, closes_at: datetime) -> bool:
    """Whether the log of a vote still gets heads."""
    return now < closes_at + KEPT_UP_FOR


def next_slot(slot: int, *, last: int | None) -> int | None:
    """The slot of the next head, never before the last one's even if the clock went back; None in the same slot."""
    if slot == last:
        return None
    return slot if last is None else max(slot, last)


def against_kept(kept: Head, same_size: bytes | None) -> Problem | None:
    """What a head kept outside the database says of the log; `same_size` is the root the log signed at that size.

    A log that has no head of that size was cut: an old backup, or a part of it lost.
    """
    if same_size is None:
        return Problem.CUT
    return Problem.FORKED if same_size != kept.root else None


def against_leaves(head: Head | None, leaves: Sequence[bytes]) -> Problem | None:
    """Whether the leaves in the log are those of its last head."""
    if head is None:
        return Problem.DAMAGED if leaves else None
    return None if head.size == len(leaves) and merkle.root(leaves) == head.root else Problem.DAMAGED
