"""What can have happened to a list that was brought in."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RollPreviewed(Event):
    """A clerk uploaded a list to look at; nobody is on the roll by it yet."""

    cycle_id: int
    import_id: int
    file_hash: str
    accepted: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class RollImported(Event):
    """A clerk confirmed a list: its lines are on the roll."""

    cycle_id: int
    import_id: int
    file_hash: str
    accepted: int


@dataclass(frozen=True, kw_only=True)
class RollImportUndone(Event):
    """A clerk took a list back, or dropped it before confirming: its lines are gone."""

    cycle_id: int
    import_id: int
    was_confirmed: bool
