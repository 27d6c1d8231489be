"""What can have happened to a numbered ballot. The stub's number stands for the voter, whom only the roll names."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class PaperIssued(Event):
    """A ballot was handed out or posted to somebody on the roll."""

    cycle_id: int
    stub: int
    by_post: bool


@dataclass(frozen=True, kw_only=True)
class PaperReturned(Event):
    """A ballot came back: its stub was torn off, and the ballot went into the box."""

    cycle_id: int
    stub: int
    by_post: bool


@dataclass(frozen=True, kw_only=True)
class PaperVoided(Event):
    """A ballot that was handed out is spoiled or lost; its voter may have another, or vote online."""

    cycle_id: int
    stub: int
    stage: str
    note: str = free_text()


@dataclass(frozen=True, kw_only=True)
class PaperReturnUndone(Event):
    """A ballot was marked as returned by mistake."""

    cycle_id: int
    stub: int
    reason: str = free_text()
