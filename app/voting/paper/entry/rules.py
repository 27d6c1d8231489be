"""What is typed for a slip: its number, then option numbers best first, or one letter for why it is no ballot."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.voting.paper.rules import SLIP_NUMBERS, Answer, Rejected
from app.voting.rules import Refusal, why_not_rank

KEYS: Mapping[str, Rejected] = {
    "b": Rejected.BLANK,
    "u": Rejected.UNCLEAR,
    "n": Rejected.NOT_A_BALLOT,
    "t": Rejected.TOO_MANY,
    "s": Rejected.SIGNED,
}
"""One key for each reason; the same in every language, as they are printed on the count pack."""
CORRECTS = "="
"""Typed before a slip's number to replace what one has typed for it."""


class Unread(StrEnum):
    """Why a typed line cannot be read."""

    NO_SLIP = "no_slip"
    NOTHING = "nothing"
    NOT_NUMBERS = "not_numbers"
    TWICE = "twice"
    UNKNOWN_OPTION = "unknown_option"
    TOO_LONG = "too_long"


OF_RANKING: Mapping[Refusal, Unread] = {
    Refusal.EMPTY: Unread.NOTHING,
    Refusal.TWICE: Unread.TWICE,
    Refusal.UNKNOWN_OPTION: Unread.UNKNOWN_OPTION,
    Refusal.TOO_MANY: Unread.TOO_LONG,
}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A line that can be read: for which slip, what is on it, and whether it replaces an earlier line."""

    slip: int
    answer: Answer
    corrects: bool = False


def typed(line: str, *, options: Collection[int], max_ranks: int) -> Typed | Unread:
    """What a line says (`4821 3 1 7`, `4821 b`, `=4821 3 7`), or why it says nothing.

    Numbers are apart by spaces, commas or points.
    """
    corrects = line.strip().startswith(CORRECTS)
    parts = line.strip().removeprefix(CORRECTS).replace(",", " ").replace(".", " ").split()
    if not parts or not _is_number(parts[0]) or int(parts[0]) not in SLIP_NUMBERS:
        return Unread.NO_SLIP
    answer = _answer(parts[1:], options, max_ranks)
    return answer if isinstance(answer, Unread) else Typed(slip=int(parts[0]), answer=answer, corrects=corrects)


def _answer(parts: list[str], options: Collection[int], max_ranks: int) -> Answer | Unread:
    if len(parts) == 1 and parts[0].lower() in KEYS:
        return Answer(rejected=KEYS[parts[0].lower()])
    if not all(_is_number(part) for part in parts):
        return Unread.NOT_NUMBERS
    ranking = tuple(int(part) for part in parts)
    refusal = why_not_rank(ranking, options=options, max_ranks=max_ranks)
    return Answer(ranking=ranking) if refusal is None else OF_RANKING[refusal]


def settles(answer: Answer, *, first: Answer, second: Answer, again: Answer | None) -> bool:
    """Whether a third look decides: it agrees with one of the entries, or the same has been typed twice."""
    return answer in (first, second) or answer == again


def _is_number(part: str) -> bool:
    return part.isdecimal() and len(part) <= 5
