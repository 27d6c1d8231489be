"""What can have happened to postal codes. No code and nobody's name; typing a voting code in is no event."""

from dataclasses import dataclass

from app.core.events import Event
from app.voting.roll.codes.rules import Purpose


@dataclass(frozen=True, kw_only=True)
class CodesOrdered(Event):
    """A clerk asked for cards with codes."""

    cycle_id: int
    batch_id: int
    purpose: Purpose


@dataclass(frozen=True, kw_only=True)
class CodesPrinted(Event):
    """The cards are made and wait, encrypted, for their one download."""

    cycle_id: int
    batch_id: int
    cards: int


@dataclass(frozen=True, kw_only=True)
class SheetTaken(Event):
    """A clerk downloaded the cards; their plain text no longer exists here."""

    cycle_id: int
    batch_id: int


@dataclass(frozen=True, kw_only=True)
class CodesReplaced(Event):
    """A clerk made the codes of a batch void and asked for new cards."""

    cycle_id: int
    batch_id: int
    next_batch_id: int
