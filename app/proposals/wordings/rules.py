"""Which texts of a proposal are translated, and what its reader is told of who said them in another language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """A text of a proposal, under the name of its column, in the order of its page."""

    TITLE = "title"
    SUMMARY = "summary"
    NEED = "need"
    GAINS = "gains"
    HELPERS = "helpers"
    IMPACT = "impact_note"
    PLACE = "place"


@dataclass(frozen=True, kw_only=True)
class Said:
    """How a proposal stands in a reader's language, where that is another one than it was written in."""

    source: str
    """The language it was written in."""
    fields: frozenset[str] = frozenset()
    """The texts that are said in the reader's language."""
    summaries: frozenset[str] = frozenset()
    """Those of them that are official summaries."""
    missing: tuple[str, ...] = ()
    """The texts that nobody has said in it as they stand now."""
    outdated: tuple[str, ...] = ()
    """Those of the missing that were translated before they were changed."""
    as_on_ballot: bool = False
    """Whether its title is that of the ballot, word for word."""
    by: tuple[str, ...] = ()
    read_by: tuple[str, ...] = ()
    read_on: date | None = None
    """The day on which the last of them was read over."""
    is_shown: bool = True
    """Whether the page shows it; else the reader has asked for what was written."""

    def language_of(self, name: str) -> str | None:
        """The language of a text on the page where it is not the page's own."""
        return None if self.is_shown and name in self.fields else self.source


def once_each(names: Iterable[str | None]) -> tuple[str, ...]:
    """Names without gaps, each once, in the order in which they are met."""
    return tuple(dict.fromkeys(each for each in names if each))
