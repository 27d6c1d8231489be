"""How many pictures an update has, and what is said about the people in one (domain rules 32 and 34)."""

from collections.abc import Collection
from enum import StrEnum


class People(StrEnum):
    """Whether somebody can be recognized in a picture; with each child a guardian has agreed as well."""

    NOBODY = "nobody"
    AGREED = "agreed"


MOST_PICTURES = 4
LEAST_WORDS, MOST_WORDS = 3, 200


def free_place(taken: Collection[int]) -> int | None:
    """The first free place from 1; None where there is no room for another picture."""
    return next((place for place in range(1, MOST_PICTURES + 1) if place not in taken), None)
