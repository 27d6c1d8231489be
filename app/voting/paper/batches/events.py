"""What can have happened to a batch."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class BatchCounted(Event):
    """Somebody wrote the header of a batch, or wrote it anew after two counts differed."""

    cycle_id: int
    batch: int
    box_id: int
    size: int


@dataclass(frozen=True, kw_only=True)
class BatchConfirmed(Event):
    """A second person counted the same, and the slips got their numbers."""

    cycle_id: int
    batch: int
    size: int


@dataclass(frozen=True, kw_only=True)
class BatchVoided(Event):
    """A batch was taken apart; its slips count no longer."""

    cycle_id: int
    batch: int
    reason: str = free_text()
