"""What may hang on a proposal, and how much of it."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What hangs on a proposal."""

    PICTURE = "picture"
    PDF = "pdf"


MOST: Mapping[Kind, int] = {Kind.PICTURE: 5, Kind.PDF: 3}
LEAST_WORDS, MOST_WORDS = 3, 200


def free_place(kind: Kind, taken: Collection[int]) -> int | None:
    """The first free place from 1 for one more of that kind; None where there is no room."""
    return next((place for place in range(1, MOST[kind] + 1) if place not in taken), None)
