"""What can have happened to an explanation."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ResultExplained(Event):
    """A worker has found the near misses, the margins and what other rules would have done."""

    cycle_id: int
    result_id: int
