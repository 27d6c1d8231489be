"""What may stand as evidence, what the other side finds, and which of them somebody may say."""

from collections.abc import Mapping
from enum import StrEnum

from app.taskforces.seats.rules import Side

OTHER: Mapping[Side, Side] = {Side.COMMUNITY: Side.INSTITUTION, Side.INSTITUTION: Side.COMMUNITY}
VERIFY_DAYS = 10
"""How many working days the other side has to look; then it stands among what is overdue."""
LEAST_WORDS, MOST_WORDS = 3, 200
MOST_FILES = 8


class EvidenceKind(StrEnum):
    """What shows that something is done, beside the words."""

    PICTURE = "picture"
    DOCUMENT = "document"


class Finding(StrEnum):
    """What the other side found."""

    VERIFIED = "verified"
    RETURNED = "returned"
