"""What can have happened to an order of letters."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class LettersOrdered(Event):
    """A clerk had the decision letters of a cycle made."""

    cycle_id: int
    batch_id: int
    letters: int


@dataclass(frozen=True, kw_only=True)
class LettersResumed(Event):
    """A clerk had an order go on that had come to a halt."""

    cycle_id: int
    batch_id: int


@dataclass(frozen=True, kw_only=True)
class LetterFrozen(Event):
    """A letter of an order has its edition: a new one, or the one that says the same already."""

    batch_id: int
    proposal_id: int
    edition_id: int


@dataclass(frozen=True, kw_only=True)
class LettersBound(Event):
    """All letters of an order lie in one file for the printer."""

    cycle_id: int
    batch_id: int
    file_hash: str
