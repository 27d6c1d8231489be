"""Who keeps away from a proposal, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

LEAST_WORDS, MOST_WORDS = 10, 500
"""Characters of a declared interest."""


class Ending(StrEnum):
    """How somebody stopped being the reviewer of a proposal."""

    HANDED_ON = "handed_on"
    PUT_BACK = "put_back"
    INTEREST = "interest"
    REOPENED = "reopened"


class Barred(StrEnum):
    """Why an officer does not judge a proposal."""

    OWN = "own"
    INTEREST = "interest"
    TURNED_DOWN = "turned_down"
    TYPED_IN = "typed_in"
    ANOTHER_REVIEWER = "another_reviewer"


@dataclass(frozen=True, kw_only=True)
class Bars:
    """What stands between officers and one proposal: ids of people.

    `turned_down` are those whose finding a second look has reopened, and those who agreed to it.
    """

    author_ids: frozenset[int]
    interested: frozenset[int] = frozenset()
    turned_down: frozenset[int] = frozenset()
    typed_by_id: int | None = None
    """Who typed it in from paper: nobody judges words that only they have compared with the paper."""
    reviewer_id: int | None = None


def why_kept_away(bars: Bars, officer_id: int) -> Barred | None:
    """Why this officer has no part in judging the proposal at all, or None."""
    if officer_id in bars.author_ids:
        return Barred.OWN
    if officer_id in bars.interested:
        return Barred.INTEREST
    if officer_id == bars.typed_by_id:
        return Barred.TYPED_IN
    return Barred.TURNED_DOWN if officer_id in bars.turned_down else None


def why_barred(bars: Bars, officer_id: int) -> Barred | None:
    """Why this officer does not make the finding, or None: kept away, or it is in another's hands."""
    in_other_hands = bars.reviewer_id not in (None, officer_id)
    return why_kept_away(bars, officer_id) or (Barred.ANOTHER_REVIEWER if in_other_hands else None)


def free(bars: Bars, officer_ids: Collection[int]) -> list[int]:
    """Those of the officers who may become its reviewer."""
    return [id_ for id_ in officer_ids if why_kept_away(bars, id_) is None and id_ != bars.reviewer_id]
