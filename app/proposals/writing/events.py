"""What can have happened to a draft while it is written."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DraftKept(Event):
    """Something of a draft was saved; which parts, never their words."""

    proposal_id: int
    cycle_id: int
    parts: tuple[str, ...]
