"""What stands beside an option for good, and which list of options a council has confirmed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from app.cycles.rules import canonical

LIST_TAG = "lamplight-options-confirmed/1"


@dataclass(frozen=True, kw_only=True)
class Taker:
    """The task force that would take an option on; `is_default`: by its category or area, nobody chose it for this."""

    slug: str
    name: str
    is_default: bool = False


Takers = Callable[[Sequence[int]], Mapping[int, Taker]]
"""Who would take on which proposals: asked of the task forces, which stand above the vote (`app/wiring.py`)."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A proposal as a council confirms it: what it is, and what it costs."""

    proposal_id: int
    title: str
    cost_cents: int


def list_hash(options: Sequence[Listed]) -> str:
    """SHA-256 in hex of a list of options with their prices: another list, or another price, has another hash."""
    rows = [[each.proposal_id, each.title, each.cost_cents] for each in sorted(options, key=lambda o: o.proposal_id)]
    return sha256(canonical({"format": LIST_TAG, "options": rows}).encode("ascii")).hexdigest()
