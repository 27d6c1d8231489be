"""When the end of a vote can be put off."""

from datetime import datetime
from enum import StrEnum


class WhyNot(StrEnum):
    """Why an end cannot be put off."""

    OVER = "over"
    NOT_LATER = "not_later"
    INTO_DELIVERY = "into_delivery"


def why_not(now: datetime, *, closes_at: datetime, to: datetime, counting_ends_at: datetime) -> WhyNot | None:
    """Why a vote that closes at `closes_at` cannot close at `to` instead, or None.

    Never once the end has come, grace or not: somebody may have been turned away by then. `now` is the database clock.
    """
    if now >= closes_at:
        return WhyNot.OVER
    if to <= closes_at:
        return WhyNot.NOT_LATER
    return None if to < counting_ends_at else WhyNot.INTO_DELIVERY
