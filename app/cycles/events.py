"""What can have happened to a cycle."""

from dataclasses import dataclass

from app.core.events import Event
from app.cycles.rules import Stage


@dataclass(frozen=True, kw_only=True)
class CycleCreated(Event):
    """A cycle was planned."""

    cycle_id: int
    neighborhood_id: int
    year: int
    pot_cents: int


@dataclass(frozen=True, kw_only=True)
class CycleImported(Event):
    """A cycle whose vote was held elsewhere was set up; it begins at its count."""

    cycle_id: int
    neighborhood_id: int
    year: int
    pot_cents: int


@dataclass(frozen=True, kw_only=True)
class CycleEdited(Event):
    """Something about a cycle changed: each change as `field: before → after`."""

    cycle_id: int
    changes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CycleAdvanced(Event):
    """A cycle took its next step."""

    cycle_id: int
    was: Stage
    stage: Stage


@dataclass(frozen=True, kw_only=True)
class RuleCardFrozen(Event):
    """Everything that decides the outcome was written down for good."""

    cycle_id: int
    rule_card_hash: str
    lot_commitment: str | None
