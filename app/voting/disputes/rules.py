"""What is known of somebody's vote, when their report can void an envelope, and by when it is answered."""

from datetime import timedelta
from enum import StrEnum

from app.voting.rules import Channel, VoteStage

ANSWERED_WITHIN = timedelta(days=3)
SMALLEST_SHOWN = 5
"""Fewer voided envelopes than these are not counted in public."""


class DisputeStage(StrEnum):
    """Where a report is: waiting, its envelopes voided, or answered without that."""

    REPORTED = "reported"
    VOIDED = "voided"
    KEPT = "kept"


class Known(StrEnum):
    """What the roll knows of somebody's vote."""

    NOTHING_CAME = "nothing_came"
    ENVELOPE = "envelope"
    PAPER = "paper"
    STRUCK = "struck"


class WhyNot(StrEnum):
    """Why envelopes cannot be voided."""

    NO_ENVELOPE = "no_envelope"
    NOT_OPEN_YET = "not_open_yet"
    OPENED = "opened"


TAKES_REPORTS = (VoteStage.OPEN, VoteStage.CLOSED)


def known(channel: Channel, revision: int) -> Known:
    """What has come in for somebody on the roll."""
    if channel is Channel.PAPER_RETURNED:
        return Known.PAPER
    if channel is Channel.VOID:
        return Known.STRUCK
    return Known.ENVELOPE if revision else Known.NOTHING_CAME


def why_not_void(stage: VoteStage, channel: Channel, revision: int) -> WhyNot | None:
    """Why the envelopes of somebody cannot be voided, or None; once the set is fixed nobody takes one out."""
    if stage is VoteStage.FROZEN:
        return WhyNot.NOT_OPEN_YET
    if stage not in TAKES_REPORTS:
        return WhyNot.OPENED
    return None if known(channel, revision) is Known.ENVELOPE else WhyNot.NO_ENVELOPE


def channel_after_voiding(channel: Channel) -> Channel:
    """How somebody stands on the roll once their envelopes are void: they can vote anew, or bring their paper back."""
    return channel if channel is Channel.PAPER_ISSUED else Channel.NONE
