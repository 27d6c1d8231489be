"""What can have happened to words about somebody else. The words themselves are in none of these events."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.proposals.names.rules import Ending


@dataclass(frozen=True, kw_only=True)
class WordsWithheld(Event):
    """Words of a proposal wait for an officer, and a mark stands in their place."""

    proposal_id: int
    cycle_id: int
    withheld_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class WordsExplained(Event):
    """The proposer has told the office why words that are kept back may stand."""

    proposal_id: int
    cycle_id: int
    withheld_ids: tuple[int, ...]
    note: str = free_text()


@dataclass(frozen=True, kw_only=True)
class WordsPutBack(Event):
    """An officer has looked, and the words stand where the mark was."""

    proposal_id: int
    cycle_id: int
    withheld_id: int
    author_id: int
    ending: Ending
    changed: str = free_text()


@dataclass(frozen=True, kw_only=True)
class WordsRemoved(Event):
    """An officer has removed words for good; the mark and the reason are public."""

    proposal_id: int
    cycle_id: int
    withheld_id: int
    author_id: int
    changed: str = free_text()


@dataclass(frozen=True, kw_only=True)
class OriginalRead(Event):
    """Somebody who watches the office has read removed words."""

    proposal_id: int
    withheld_id: int
    purpose: str = free_text()
