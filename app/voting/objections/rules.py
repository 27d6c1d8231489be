"""When an objection may be raised, and how it can end."""

from datetime import datetime
from enum import StrEnum


class Ending(StrEnum):
    """How the board settled an objection."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


class WhyNot(StrEnum):
    """Why no objection can be raised now."""

    NOT_CERTIFIED = "not_certified"
    OVER = "over"


def why_not_raise(*, certified: bool, until: datetime | None, now: datetime) -> WhyNot | None:
    """Why no objection to a result can be raised at `now`, or None; `until` is the end on record (UTC)."""
    if not certified or until is None:
        return WhyNot.NOT_CERTIFIED
    return None if now < until else WhyNot.OVER
