"""What handing out, taking back and giving up a paper ballot does to somebody's entry on the roll."""

from collections.abc import Mapping
from enum import StrEnum

from app.voting.rules import Channel


class Refusal(StrEnum):
    """Why a ballot is not handed out or taken back."""

    HAS_ONE = "has_one"
    HAS_VOTED = "has_voted"
    VOID = "void"


WHY_NOT_ISSUE: Mapping[Channel, Refusal | None] = {
    Channel.NONE: None,
    Channel.ONLINE: None,
    Channel.PAPER_ISSUED: Refusal.HAS_ONE,
    Channel.PAPER_RETURNED: Refusal.HAS_VOTED,
    Channel.VOID: Refusal.VOID,
}
"""Whoever has voted online may still take a paper ballot: the envelope counts until the paper is back."""


def after_giving_up(revision: int) -> Channel:
    """How somebody votes whose paper ballot is spoiled or lost: by their envelope, if they have cast one."""
    return Channel.ONLINE if revision else Channel.NONE


def after_undoing(channel: Channel) -> Channel:
    """How somebody votes whose return was a mistake: the paper is out again; an envelope counts until it is back."""
    return Channel.PAPER_ISSUED if channel is Channel.PAPER_RETURNED else channel
