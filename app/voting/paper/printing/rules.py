"""What can be printed, how many sheets a file holds, and the pattern by which a ballot of a vote is known."""

from enum import StrEnum
from hashlib import sha256

SHEETS_PER_FILE = 50
PATTERN_TAG = b"lamplight-paper/1"
PATTERN_MARKS = 32


class PrintKind(StrEnum):
    """What a worker prints."""

    BALLOTS = "ballots"
    PACK = "pack"


def parts(first_stub: int, printed: int) -> list[range]:
    """The stubs of a printing in files of at most SHEETS_PER_FILE sheets."""
    end = first_stub + printed
    return [range(start, min(start + SHEETS_PER_FILE, end)) for start in range(first_stub, end, SHEETS_PER_FILE)]


def pattern(vote_id: bytes, language: str) -> list[bool]:
    """The check marks at the edge of every ballot of a vote in one language: the same on all of them, so no serial."""
    digest = sha256(PATTERN_TAG + vote_id + language.encode()).digest()
    return [bool(digest[n // 8] >> n % 8 & 1) for n in range(PATTERN_MARKS)]
