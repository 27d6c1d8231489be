"""Stages and steps of a vote, its two lots and its roll's hash, and the reasons a ballot can be turned away."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from app.core.access import Actor
from app.voting.sealing.faults import Fault

GRACE = timedelta(minutes=5)
"""How long after the close a ballot is still taken if its page was served before (voting.md section 4)."""
SMALLEST_CELL = 10
"""No number about voters below this is shown while a vote is open (voting.md, "Time policy")."""
OPTIONS_TAG = b"lamplight-options/1"
ROLL_TAG = b"lamplight-roll/1"
ROLL_TAG_WITH_LISTINGS = b"lamplight-roll/2"


class VoteStage(StrEnum):
    """Where a vote is; it only moves forward."""

    FROZEN = "frozen"
    OPEN = "open"
    CLOSED = "closed"
    RECONCILED = "reconciled"
    OPENED = "opened"
    COUNTED = "counted"
    CERTIFIED = "certified"
    PUBLISHED = "published"
    DESTROYED = "destroyed"


ORDER = list(VoteStage)


class BoardStep(StrEnum):
    """What the board of a vote does, in this order; the words stand in addresses."""

    FIX = "fix"
    OPEN = "open"
    CLOSE = "close"
    RECONCILE = "reconcile"
    OPEN_ENVELOPES = "open-envelopes"
    COUNT = "count"
    CERTIFY = "certify"
    PUBLISH = "publish"
    DESTROY = "destroy"


STEP_AFTER: Mapping[VoteStage | None, BoardStep] = {
    None: BoardStep.FIX,
    VoteStage.FROZEN: BoardStep.OPEN,
    VoteStage.OPEN: BoardStep.CLOSE,
    VoteStage.CLOSED: BoardStep.RECONCILE,
    VoteStage.RECONCILED: BoardStep.OPEN_ENVELOPES,
    VoteStage.OPENED: BoardStep.COUNT,
    VoteStage.COUNTED: BoardStep.CERTIFY,
    VoteStage.CERTIFIED: BoardStep.PUBLISH,
    VoteStage.PUBLISHED: BoardStep.DESTROY,
}
"""The step that is due at each stage; None is a cycle without a vote. After the destruction nothing is."""


class When(StrEnum):
    """How a step stands to the stage of its vote."""

    NOW = "now"
    DONE = "done"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"


STARTS_AT: Mapping[BoardStep, VoteStage] = {step: stage for stage, step in STEP_AFTER.items() if stage is not None}


def when(step: BoardStep, stage: VoteStage) -> When:
    """Whether the step can be taken now, has just been taken, or is out of its time; every vote has been fixed."""
    ahead = ORDER.index(stage) - ORDER.index(STARTS_AT[step])
    if ahead < 0:
        return When.TOO_EARLY
    return (When.NOW, When.DONE, When.TOO_LATE)[min(ahead, 2)]


@dataclass(frozen=True, kw_only=True)
class Unread:
    """An envelope of the closed set that gave no ballot: its leaf in hex, and the fault found."""

    leaf: str
    fault: Fault

    @property
    def line(self) -> str:
        """How it stands in the record."""
        return f"{self.leaf} {self.fault.value}"


def unread(line: str) -> Unread:
    """What a line of the record says."""
    leaf, fault = line.split(" ")
    return Unread(leaf=leaf, fault=Fault(fault))


class Channel(StrEnum):
    """How somebody on the roll has voted."""

    NONE = "none"
    ONLINE = "online"
    PAPER_ISSUED = "paper_issued"
    PAPER_RETURNED = "paper_returned"
    VOID = "void"


@dataclass(frozen=True, kw_only=True)
class CodeVoter:
    """Somebody who votes by a code sent by post: known only as a line of the roll."""

    entry_id: bytes


Voter = Actor | CodeVoter
"""Who casts: somebody signed in, or the holder of a voting code."""


def voter_key(voter: Voter) -> int | str:
    """What a page's token is bound to: the account, or the line of the roll behind a code."""
    return f"code {voter.entry_id.hex()}" if isinstance(voter, CodeVoter) else voter.id


class Source(StrEnum):
    """Where a counted ballot came from."""

    ONLINE = "online"
    PAPER = "paper"


class CheckStage(StrEnum):
    """Where the second count of a result stands: every runoff round counted again by pyrankvote."""

    WAITING = "waiting"
    AGREED = "agreed"
    DIFFERS = "differs"


class Refusal(StrEnum):
    """Why a ballot is not taken."""

    NOT_OPEN = "not_open"
    NOT_ON_ROLL = "not_on_roll"
    VOTING_ON_PAPER = "voting_on_paper"
    STRUCK = "struck"
    STALE_PAGE = "stale_page"
    EMPTY = "empty"
    UNKNOWN_OPTION = "unknown_option"
    TWICE = "twice"
    TOO_MANY = "too_many"


def is_closed(stage: VoteStage) -> bool:
    """Whether no further ballot is taken."""
    return ORDER.index(stage) >= ORDER.index(VoteStage.CLOSED)


def is_certified(stage: VoteStage) -> bool:
    """Whether a clerk and an observer have signed the result."""
    return ORDER.index(stage) >= ORDER.index(VoteStage.CERTIFIED)


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


def numbers_by_lot(seed: bytes, proposal_ids: Iterable[int]) -> dict[int, int]:
    """Option number (from 1) of each proposal, in order of SHA-256(tag ‖ 32-byte seed ‖ id as 8 bytes, big-endian)."""
    drawn = sorted(proposal_ids, key=lambda each: sha256(OPTIONS_TAG + seed + each.to_bytes(8, "big")).digest())
    return {proposal_id: number for number, proposal_id in enumerate(drawn, start=1)}


RollLine = tuple[bytes, int | None, bytes | None]
"""An entry of the roll for its hash: random id (16 bytes), person id, listing id (16 bytes); None for what it lacks."""


def roll_hash(vote_id: bytes, lines: Iterable[RollLine]) -> str:
    """SHA-256 in hex over a tag, the vote id and every entry (random id of 16 bytes, person id as 8) in order of ids.

    Where anybody is on the roll by a listing, the tag is another one and each entry ends with its listing's 16 bytes;
    what an entry lacks is zeros. The random ids keep the published hash from confirming guesses about who is on it.
    """
    in_order = sorted(lines, key=lambda line: line[0])
    if not any(listing_id for _, _, listing_id in in_order):
        listed = b"".join(entry_id + (person_id or 0).to_bytes(8, "big") for entry_id, person_id, _ in in_order)
        return sha256(ROLL_TAG + vote_id + listed).hexdigest()
    listed = b"".join(e + (person_id or 0).to_bytes(8, "big") + (li or bytes(16)) for e, person_id, li in in_order)
    return sha256(ROLL_TAG_WITH_LISTINGS + vote_id + listed).hexdigest()


def shown_turnout(voters: int, *, stage: VoteStage) -> int:
    """How many have voted, as everybody may know it: while the vote is open, only full tens."""
    return voters - voters % SMALLEST_CELL if stage is VoteStage.OPEN else voters
