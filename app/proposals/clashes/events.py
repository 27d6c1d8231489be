"""What can have happened to two proposals that cannot both be done."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class ClashFlagged(Event):
    """An officer has found that only one of two proposals can be done."""

    clash_id: int
    cycle_id: int
    first_id: int
    second_id: int
    author_ids: tuple[int, ...]
    """The authors of the two, each once; whoever has proposed both is one."""
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ClashLifted(Event):
    """An officer has found that both can be done after all."""

    clash_id: int
    cycle_id: int
    first_id: int
    second_id: int
    reason: str = free_text()
