"""What can have happened at the entry of slips: never which slip, and never what is on it."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SlipEntered(Event):
    """A slip of a batch was entered in the first or second turn, or an entry was corrected in the same turn."""

    cycle_id: int
    batch: int
    turn: str
    corrected: bool


@dataclass(frozen=True, kw_only=True)
class SlipSettled(Event):
    """A third account looked at a slip whose two entries differ."""

    cycle_id: int
    batch: int
