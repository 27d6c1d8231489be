"""How minutes are assembled from what was written down, and how they are approved."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class ApprovedBy(StrEnum):
    """How minutes were approved."""

    NEXT_MEETING = "next_meeting"
    CO_CHAIRS = "co_chairs"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the minutes: its heading and its lines."""

    heading: str
    lines: tuple[str, ...]


def assembled(parts: Sequence[Part]) -> str:
    """The text of minutes: each part begins with its heading, and an empty line parts it from the next."""
    return "\n\n".join("\n".join((part.heading, *part.lines)) for part in parts)


def parts_of(body: str) -> list[Part]:
    """The parts of a text: an empty line begins a new one, and its first line is its heading."""
    found: list[list[str]] = [[]]
    for line in body.splitlines():
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [Part(heading=lines[0], lines=tuple(lines[1:])) for lines in found if lines]


def digest_of(body: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex: what an approval binds."""
    return hashlib.sha256(body.encode()).hexdigest()
