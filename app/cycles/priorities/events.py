"""What can have happened to the priorities of a cycle."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class PrioritiesStated(Event):
    """A clerk wrote down what an assembly has agreed."""

    cycle_id: int
    agreed_on: str
    priority_ids: tuple[int, ...]
    text: str = free_text()
