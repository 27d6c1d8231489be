"""What can have happened about who would take a proposal on."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TakerNamed(Event):
    """A clerk named the task force that would take a proposal on; None: the default holds again."""

    proposal_id: int
    cycle_id: int
    task_force_id: int | None


@dataclass(frozen=True, kw_only=True)
class RemitsSettled(Event):
    """A clerk settled which task force takes on which category and area; each as `category 3: 7`."""

    neighborhood_id: int
    remits: tuple[str, ...]
