"""Who makes a board, and when two of its members have agreed on exactly the same thing (voting.md 10)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from app.core.access import Actor, Grant, Role
from app.cycles.rules import canonical

LIFE = timedelta(hours=24)
"""How long a request waits for its second member."""
OLD_ENOUGH = timedelta(hours=24)
"""How long somebody must have been on the board, and have had their role, before they may approve."""
OBJECTION_DAYS = 14
LEAST_RUNNING = 2


class Part(StrEnum):
    """What a member of the board does."""

    RUNS = "runs"
    OBSERVES = "observes"


class ActKind(StrEnum):
    """What two members of the board must agree on; the words stand in addresses."""

    FIX = "fix"
    OPEN = "open"
    CLOSE = "close"
    EXTEND = "extend"
    RECONCILE = "reconcile"
    OPEN_ENVELOPES = "open-envelopes"
    COUNT = "count"
    RECOUNT = "recount"
    PUBLISH = "publish"
    DESTROY = "destroy"
    ADD_TO_ROLL = "add-to-roll"
    STRIKE_FROM_ROLL = "strike-from-roll"
    VOID_ENVELOPE = "void-envelope"
    SETTLE_OBJECTION = "settle-objection"
    NAME_WITNESS = "name-witness"
    ACCREDIT = "accredit"


class Ending(StrEnum):
    """How a request ended."""

    EXECUTED = "executed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class WhyNot(StrEnum):
    """Why somebody may not ask for an act, or approve one."""

    NOT_RUNNING = "not_running"
    NOT_FRESH = "not_fresh"
    NEW_MEMBER = "new_member"
    SAME_PERSON = "same_person"
    ENDED = "ended"
    EXPIRED = "expired"
    CHANGED = "changed"
    NO_BOARD = "no_board"


class BoardFault(StrEnum):
    """Why people cannot be a board together."""

    TOO_FEW = "too_few"
    NO_CLERK = "no_clerk"
    NO_OBSERVER = "no_observer"
    BOTH_PARTS = "both_parts"
    ONE_MAILBOX = "one_mailbox"


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Two different members agreed on this act with exactly this payload. `id` is the second one's, for events."""

    action_id: bytes
    kind: ActKind
    cycle_id: int
    payload: Mapping[str, Any]
    requester_id: int
    approver_id: int

    @property
    def id(self) -> int:
        """Whose act it is in the log: the member who made it happen."""
        return self.approver_id


def board_as_clerk(approval: Approval, neighborhood_id: int) -> Actor:
    """The board, with a clerk's standing in its neighborhood, for what its two members have agreed on and no more."""
    grant = Grant(role=Role.CLERK, neighborhood_id=neighborhood_id)
    return Actor(id=approval.approver_id, name="", grants=frozenset({grant}))


WITHOUT_BOARD = frozenset({ActKind.RECOUNT})
"""What can be asked for where a vote was imported: a clerk of the neighborhood asks, its observer agrees."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A person before the board: their part in it (None: no member), since when, and when they last proved it is them.

    `since` is the later of being named and being given the role that it rests on; two accounts with one `mailbox` are
    one person. `has_board`: not so for an imported vote, whose parts are the roles in its neighborhood.
    """

    person_id: int
    mailbox: str
    part: Part | None
    since: datetime | None
    confirmed_at: datetime | None
    has_board: bool = True

    @property
    def agrees(self) -> bool:
        """Whether this is one of those whose agreement it takes."""
        return self.part is (Part.RUNS if self.has_board else Part.OBSERVES)

    @property
    def no_part(self) -> WhyNot:
        """Why somebody without the part that is needed does not have it."""
        return WhyNot.NOT_RUNNING if self.has_board else WhyNot.NO_BOARD


@dataclass(frozen=True, kw_only=True)
class Request:
    """An act that was asked for: by whom, until when, the hash of its exact payload, and how it ended, if it has."""

    requester_id: int
    requester_mailbox: str
    expires_at: datetime
    payload_hash: str
    ending: Ending | None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who is to be on a board."""

    person_id: int
    email: str
    part: Part
    is_clerk: bool


def payload_hash(kind: ActKind, cycle_id: int, payload: Mapping[str, Any]) -> str:
    """SHA-256 in hex over kind, cycle and the payload as canonical JSON: what both members agree on, to the byte."""
    return sha256(canonical({"kind": kind.value, "cycle": cycle_id, "payload": payload}).encode("ascii")).hexdigest()


def why_not_ask(who: Standing, kind: ActKind, *, is_fresh: bool) -> WhyNot | None:
    """Why this person may not ask the board for an act, or None."""
    if who.part is not Part.RUNS or not (who.has_board or kind in WITHOUT_BOARD):
        return who.no_part
    return None if is_fresh else WhyNot.NOT_FRESH


def why_not_approve(
    request: Request, who: Standing, *, seen: str, now_is: str, now: datetime, is_fresh: bool, wait: timedelta
) -> WhyNot | None:
    """Why this person may not approve the request, or None.

    `seen` is the hash on the page they read, `now_is` that of the payload as it would be asked for now; `wait` is how
    long a member must have been one (`OLD_ENOUGH`).
    """
    if request.ending is not None:
        return WhyNot.ENDED
    if now >= request.expires_at:
        return WhyNot.EXPIRED
    if not who.agrees:
        return who.no_part
    if who.person_id == request.requester_id or who.mailbox == request.requester_mailbox:
        return WhyNot.SAME_PERSON
    if who.since is None or now - who.since < wait:
        return WhyNot.NEW_MEMBER
    if not is_fresh:
        return WhyNot.NOT_FRESH
    return None if seen == request.payload_hash == now_is else WhyNot.CHANGED


def fault_of_board(members: Sequence[Candidate]) -> BoardFault | None:
    """The first reason why these cannot be a board: two or more run the vote, a clerk among them, and one observes."""
    running = [m for m in members if m.part is Part.RUNS]
    if len({m.person_id for m in running}) < LEAST_RUNNING:
        return BoardFault.TOO_FEW
    if not any(m.is_clerk for m in running):
        return BoardFault.NO_CLERK
    if not any(m.part is Part.OBSERVES for m in members):
        return BoardFault.NO_OBSERVER
    if len({m.person_id for m in members}) < len(members):
        return BoardFault.BOTH_PARTS
    return BoardFault.ONE_MAILBOX if _share_a_mailbox([m.email for m in members]) else None


def _share_a_mailbox(addresses: Collection[str]) -> bool:
    """Whether two addresses reach one mailbox."""
    return len({mailbox(address) for address in addresses}) < len(addresses)


def mailbox(address: str) -> str:
    """The mailbox that an address reaches: `ada+2@example.org` is a second account of the same person."""
    name, _, host = address.lower().partition("@")
    return f"{name.partition('+')[0]}@{host}"
