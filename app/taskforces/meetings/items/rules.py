"""What an item of an agenda is for, how many there may be, and how they are moved."""

from collections.abc import Sequence
from enum import StrEnum

MOST_ITEMS = 30
MOST_PAPERS = 10
"""For each item."""


class Purpose(StrEnum):
    """What an item is for."""

    INFORM = "inform"
    DISCUSS = "discuss"
    DECIDE = "decide"


def moved(order: Sequence[int], item: int, *, up: bool) -> list[int]:
    """The ids in their new order, after one has gone a place up or down; at the end it stays where it is."""
    found = list(order)
    at = found.index(item)
    to = max(0, at - 1) if up else min(len(found) - 1, at + 1)
    found.insert(to, found.pop(at))
    return found
