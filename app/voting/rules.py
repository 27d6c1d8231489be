"""Stages of a vote, and the reasons a ballot can be turned away."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum


class VoteStage(StrEnum):
    """Where a vote is; it only moves forward."""

    FROZEN = "frozen"
    OPEN = "open"
    CLOSED = "closed"
    OPENED = "opened"
    COUNTED = "counted"
    CERTIFIED = "certified"


ORDER = list(VoteStage)


class Channel(StrEnum):
    """How somebody on the roll has voted."""

    NONE = "none"
    ONLINE = "online"
    PAPER_ISSUED = "paper_issued"
    PAPER_RETURNED = "paper_returned"
    VOID = "void"


class Source(StrEnum):
    """Where a counted ballot came from."""

    ONLINE = "online"
    PAPER = "paper"


class Refusal(StrEnum):
    """Why a ballot is not taken."""

    NOT_OPEN = "not_open"
    NOT_ON_ROLL = "not_on_roll"
    VOTING_ON_PAPER = "voting_on_paper"
    EMPTY = "empty"
    UNKNOWN_OPTION = "unknown_option"
    TWICE = "twice"
    TOO_MANY = "too_many"


def can_become(stage: VoteStage, next_stage: VoteStage) -> bool:
    """Whether a vote may step from `stage` to `next_stage`: only to the one that follows."""
    return ORDER.index(next_stage) == ORDER.index(stage) + 1


def why_not_rank(ranking: Sequence[int], *, options: Collection[int], max_ranks: int) -> Refusal | None:
    """The first reason to turn a ranking (option numbers, best first) away, or None if it may be cast."""
    if not ranking:
        return Refusal.EMPTY
    if len(set(ranking)) != len(ranking):
        return Refusal.TWICE
    if not set(ranking) <= set(options):
        return Refusal.UNKNOWN_OPTION
    return Refusal.TOO_MANY if len(ranking) > max_ranks else None


def is_in_time(now: datetime, *, closes_at: datetime, served_at: datetime | None, grace: timedelta) -> bool:
    """Whether a cast comes in time: before the close, or within the grace if its page was served before the close.

    `now` is the database clock, `served_at` comes from the signed form token (voting.md section 4, step 2).
    """
    if now < closes_at:
        return True
    return served_at is not None and served_at < closes_at and now < closes_at + grace


MAY_VOTE_ONLINE: Mapping[Channel, bool] = {
    Channel.NONE: True,
    Channel.ONLINE: True,
    Channel.PAPER_ISSUED: True,
    Channel.PAPER_RETURNED: False,
    Channel.VOID: False,
}
