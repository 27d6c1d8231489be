"""Who can become a co-author, for how long an invitation stands, and what a code looks like when it is typed."""

from datetime import datetime, timedelta
from enum import StrEnum

MOST = 5
"""Co-authors and open invitations of one proposal together."""
STANDS = timedelta(days=30)
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10


class Ending(StrEnum):
    """How an invitation ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class WhyNot(StrEnum):
    """Why somebody cannot become a co-author by an invitation."""

    ENDED = "ended"
    EXPIRED = "expired"
    GONE = "gone"
    OWN = "own"
    ALREADY = "already"
    JUDGED = "judged"


def why_not_join(
    *,
    has_ended: bool,
    invited_at: datetime,
    now: datetime,
    can_change: bool,
    is_author: bool,
    is_in: bool,
    judged: bool,
) -> WhyNot | None:
    """The first reason why an invitation cannot be accepted, or None; `judged`: they have reviewed the proposal."""
    if has_ended:
        return WhyNot.ENDED
    if now >= invited_at + STANDS:
        return WhyNot.EXPIRED
    if not can_change:
        return WhyNot.GONE
    if is_author:
        return WhyNot.OWN
    if is_in:
        return WhyNot.ALREADY
    return WhyNot.JUDGED if judged else None


def has_room(company: int) -> bool:
    """Whether one more may be invited beside that many co-authors and open invitations."""
    return company < MOST


def read_code(typed: str) -> str:
    """A code as it is kept, whatever spaces, hyphens and small letters it was typed with."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:LENGTH]
