"""Who may agree to a prepared finding, and when it may become public."""

from enum import StrEnum


class WhyNot(StrEnum):
    """Why something cannot be done with a prepared finding."""

    ENDED = "ended"
    OWN_FINDING = "own_finding"
    AGREED = "agreed"
    NOT_ASKED = "not_asked"
    NOT_AGREED = "not_agreed"
    NOT_YOURS = "not_yours"


LEAST_WORDS, MOST_WORDS = 10, 1000
"""Characters of the reason for sending a finding back."""


def why_not_agree(*, is_ended: bool, needs_second: bool, is_agreed: bool, is_own: bool) -> WhyNot | None:
    """The first thing that keeps this officer from agreeing, or None: nobody agrees to what they found themselves."""
    if is_ended:
        return WhyNot.ENDED
    if is_own:
        return WhyNot.OWN_FINDING
    if not needs_second:
        return WhyNot.NOT_ASKED
    return WhyNot.AGREED if is_agreed else None


def why_not_send_back(*, is_ended: bool, is_own: bool) -> WhyNot | None:
    """The first thing that keeps this officer from sending it back, or None; one's own is taken back instead."""
    if is_ended:
        return WhyNot.ENDED
    return WhyNot.OWN_FINDING if is_own else None


def why_not_publish(*, is_ended: bool, needs_second: bool, is_agreed: bool) -> WhyNot | None:
    """The first thing that keeps it from becoming public, or None."""
    if is_ended:
        return WhyNot.ENDED
    return WhyNot.NOT_AGREED if needs_second and not is_agreed else None
