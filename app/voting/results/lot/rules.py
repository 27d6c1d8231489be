"""What the lot's order is made of, and reading the values that people copy from paper."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.voting.counting.lots import commitment, drawn
from app.voting.counting.records import MOST_OPTIONS

BYTES = 32
MOST_TYPED = 10_000
"""Option numbers worked out on request; a ballot holds no more."""


class NotBytes(ValueError):
    """What was typed is not 64 hexadecimal digits."""


class NotNumbers(ValueError):
    """What was typed is not a list of different option numbers."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """An option's place in the lot order, from 1, and the value in hex that put it there."""

    place: int
    option: int
    value: str


@dataclass(frozen=True, kw_only=True)
class Worked:
    """The commitment in hex and the order that follow from a seed, a closed set's hash and option numbers."""

    commitment: str
    places: tuple[Place, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """The option numbers alone."""
        return tuple(each.option for each in self.places)


def work_out(seed: bytes, set_hash: bytes, numbers: Iterable[int]) -> Worked:
    """Commitment and order from 32 bytes of seed and 32 bytes of hash. Source: counting.md, "Ties"."""
    pairs = enumerate(drawn(set_hash, seed, numbers).items(), start=1)
    places = tuple(Place(place=place, option=option, value=value) for place, (option, value) in pairs)
    return Worked(commitment=commitment(seed).hex(), places=places)


def typed_bytes(text: str) -> bytes:
    """The 32 bytes behind 64 hexadecimal digits, however they were broken into lines and groups; NotBytes else."""
    digits = re.sub(r"[\s:·-]", "", text)
    if not re.fullmatch(rf"[0-9a-fA-F]{{{2 * BYTES}}}", digits):
        raise NotBytes(text)
    return bytes.fromhex(digits)


def typed_numbers(text: str) -> tuple[int, ...]:
    """Option numbers like `1-12` or `1, 2, 5`; NotNumbers for anything else, nothing, or a number twice."""
    numbers: list[int] = []
    for part in re.split(r"[\s,;]+", re.sub(r"\s*[-–]\s*", "-", text.strip())):
        ends = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", part, re.ASCII)
        if ends is None:
            raise NotNumbers(text)
        first, last = int(ends[1]), int(ends[2] or ends[1])
        if not 1 <= first <= last <= MOST_OPTIONS or len(numbers) + last - first >= MOST_TYPED:
            raise NotNumbers(text)
        numbers += range(first, last + 1)
    if len(set(numbers)) != len(numbers):
        raise NotNumbers(text)
    return tuple(numbers)


def as_typed(numbers: Sequence[int]) -> str:
    """Numbers as somebody would type them: `1-12` where none is missing."""
    ordered = sorted(numbers)
    if len(ordered) > 1 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{ordered[0]}-{ordered[-1]}"
    return ", ".join(map(str, ordered))
