"""Who makes a board, and when two of its members have agreed on exactly the same thing (voting.md 10)."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import combinations
from typing import Any

from app.core.access import Actor, Grant, Role
from app.cycles.rules import canonical

LIFE = timedelta(hours=24)
"""How long a request waits for its second member."""
OLD_ENOUGH = timedelta(hours=24)
"""How long somebody must have been on the board, and have had their role, before they may approve."""
OBJECTION_DAYS = 14
LEAST_RUNNING = 2
LEAST_REASON, MOST_REASON = 10, 500
"""How long the reason for an act is, in characters, where everybody reads it."""


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
    REPLACE_MEMBER = "replace-member"
    EXPLAIN_DIFFERENCE = "explain-difference"


class Ending(StrEnum):
    """How a request ended."""

    EXECUTED = "executed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOIDED = "voided"


class WhyNot(StrEnum):
    """Why somebody may not ask for an act, or approve one."""

    NOT_RUNNING = "not_running"
    NOT_OF_BOARD = "not_of_board"
    NOT_FRESH = "not_fresh"
    NEW_MEMBER = "new_member"
    SAME_PERSON = "same_person"
    REQUESTER_LEFT = "requester_left"
    NOBODY_RUNS = "nobody_runs"
    OBSERVER_MISSING = "observer_missing"
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
    ONE_NAME = "one_name"
    ONE_HOME = "one_home"


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
class Account:
    """What is known of the person behind an account; a member of staff has no birthday or address here."""

    email: str
    name: str = ""
    born_on: date | None = None
    address: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A person before the board: their part in it (None: no member), since when, and when they last proved it is them.

    `since` is the later of being named and being given the role that it rests on. `has_board`: not so for an imported
    vote, whose parts are the roles in its neighborhood.
    """

    person_id: int
    account: Account
    part: Part | None
    since: datetime | None
    confirmed_at: datetime | None
    has_board: bool = True


@dataclass(frozen=True, kw_only=True)
class Request:
    """An act that was asked for: by whom, until when, the hash of its exact payload, and how it ended, if it has."""

    kind: ActKind
    requester: Standing
    expires_at: datetime
    payload_hash: str
    ending: Ending | None
    observer_agrees: bool = False
    """Whether one of the two has to be an observer."""


@dataclass(frozen=True, kw_only=True)
class Candidate(Account):
    """Somebody who is to be on a board."""

    person_id: int
    part: Part
    is_clerk: bool


def payload_hash(kind: ActKind, cycle_id: int, payload: Mapping[str, Any]) -> str:
    """SHA-256 in hex over kind, cycle and the payload as canonical JSON: what both members agree on, to the byte."""
    return sha256(canonical({"kind": kind.value, "cycle": cycle_id, "payload": payload}).encode("ascii")).hexdigest()


def parts_for(kind: ActKind) -> frozenset[Part]:
    """Which members ask for an act and agree on it: those who run the vote; on who sits at the board, observers too."""
    return frozenset(Part) if kind is ActKind.REPLACE_MEMBER else frozenset({Part.RUNS})


def why_not_ask(kind: ActKind, who: Standing, *, is_fresh: bool) -> WhyNot | None:
    """Why this person may not ask the board for an act, or None."""
    if who.has_board:
        reason = _why_no_part(kind, who)
    else:
        reason = None if who.part is Part.RUNS and kind in WITHOUT_BOARD else WhyNot.NO_BOARD
    return reason or (None if is_fresh else WhyNot.NOT_FRESH)


def why_not_end(kind: ActKind, who: Standing) -> WhyNot | None:
    """Why this person may neither withdraw an act that they asked for nor decline another's, or None."""
    return None if who.part in parts_for(kind) else _why_no_part(kind, who)


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
    reason = _why_no_part(request.kind, who) or _why_not_two(request, who)
    if reason is not None:
        return reason
    if who.since is None or now - who.since < wait:
        return WhyNot.NEW_MEMBER
    if not is_fresh:
        return WhyNot.NOT_FRESH
    return None if seen == request.payload_hash == now_is else WhyNot.CHANGED


def why_not_together(
    kind: ActKind, first: Part | None, second: Part | None, *, observer_agrees: bool = False
) -> WhyNot | None:
    """Why members with these parts do not decide an act together, or None; the first has asked for it."""
    if first not in parts_for(kind):
        return WhyNot.REQUESTER_LEFT
    if Part.RUNS not in (first, second):
        return WhyNot.NOBODY_RUNS
    return WhyNot.OBSERVER_MISSING if observer_agrees and Part.OBSERVES not in (first, second) else None


def _why_no_part(kind: ActKind, who: Standing) -> WhyNot | None:
    if not who.has_board:
        return None if who.part is Part.OBSERVES else WhyNot.NO_BOARD
    if who.part in parts_for(kind):
        return None
    return WhyNot.NOT_OF_BOARD if kind is ActKind.REPLACE_MEMBER else WhyNot.NOT_RUNNING


def _why_not_two(request: Request, who: Standing) -> WhyNot | None:
    first = request.requester
    if who.person_id == first.person_id or alike(who.account, first.account) is not None:
        return WhyNot.SAME_PERSON
    return why_not_together(request.kind, first.part, who.part, observer_agrees=request.observer_agrees)


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
    found = {alike(one, other) for one, other in combinations(members, 2)}
    return next((fault for fault in _LIKENESSES if fault in found), None)


_LIKENESSES = (BoardFault.ONE_MAILBOX, BoardFault.ONE_NAME, BoardFault.ONE_HOME)


def alike(one: Account, other: Account) -> BoardFault | None:
    """Why two accounts look like one person's, or None.

    They share a mailbox; or they bear one name, unless both birthdays are known and differ; or they were born on one
    day and live at one address. The names on a rule card must tell its people apart in any case.
    """
    if mailbox(one.email) == mailbox(other.email):
        return BoardFault.ONE_MAILBOX
    born = {one.born_on, other.born_on}
    if None not in born and len(born) > 1:
        return None
    if _same(one.name, other.name):
        return BoardFault.ONE_NAME
    return BoardFault.ONE_HOME if None not in born and _same(one.address, other.address) else None


def _same(one: str, other: str) -> bool:
    """Whether two names or addresses have the same words, in any order, with or without accents and capitals."""
    return bool(_words(one)) and _words(one) == _words(other)


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return sorted("".join(c if c.isalnum() else " " for c in plain).split())


def mailbox(address: str) -> str:
    """The mailbox that an address reaches: `ada+2@example.org` is a second account of the same person."""
    name, _, host = address.lower().partition("@")
    return f"{name.partition('+')[0]}@{host}"
