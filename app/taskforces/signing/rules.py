"""What both sides sign, and why somebody may not (domain rules 1 to 5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from app.cycles.rules import canonical
from app.taskforces.seats.rules import Side

DEADLINE_DAYS = 10
"""How many working days both sides have to sign (domain rule 5)."""
REMIND_DAYS = 2
"""How many days before the last one those who have not signed are reminded."""
ASK_DAYS = 28
"""How many days after it was rejected or expired the council can still be asked about an agreement."""
COUNCIL_DAYS = 40
"""How many working days a clerk has to put the council's decision on record: a council that meets once a month meets
twice in them (domain rule 5, decision 52)."""
LEAST_STATEMENT, MOST_STATEMENT = 20, 1000
MARK_LENGTH = 8
"""How much of the hash on a sheet of paper is compared by hand."""


class MatterKind(StrEnum):
    """What both sides sign; the words stand in addresses."""

    BASELINE = "baseline"
    CANCELLATION = "cancellation"
    COMMITMENT = "commitment"
    COMMITMENT_CHANGE = "commitment-change"
    COMPLETION = "completion"
    CONTINGENCY = "contingency"
    EXPENSE = "expense"
    MINUTES = "minutes"
    PAUSE = "pause"
    REALLOCATION = "reallocation"
    REPORT = "report"
    RESUMPTION = "resumption"
    RETURN = "return"
    SETBACK_ACCEPTED = "setback-accepted"
    SETBACK_PLAN = "setback-plan"


class Verdict(StrEnum):
    """What one side says."""

    APPROVE = "approve"
    REJECT = "reject"
    ABSTAIN = "abstain"


class Method(StrEnum):
    """How a signature was given."""

    ACCOUNT = "account"
    PAPER = "paper"


class Ending(StrEnum):
    """How an agreement ended."""

    EXECUTED = "executed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    OVERRIDDEN = "overridden"


class Outcome(StrEnum):
    """What the council decided about a side that is missing."""

    STANDS_IN = "stands_in"
    DECLINED = "declined"


OPEN_TO_COUNCIL = frozenset({None, Ending.REJECTED, Ending.EXPIRED})
"""How an agreement can have ended that the council may still decide about; None: it waits."""


class WhyNot(StrEnum):
    """Why somebody may not sign, or not take it to the council."""

    ENDED = "ended"
    OVERDUE = "overdue"
    NO_SEAT = "no_seat"
    SIGNED_ALREADY = "signed_already"
    OTHER_SIDE = "other_side"
    CHANGED = "changed"
    NOT_FRESH = "not_fresh"
    NO_SECOND_FACTOR = "no_second_factor"
    OTHER_SHEET = "other_sheet"
    NOT_THAT_DAY = "not_that_day"
    NO_STATEMENT = "no_statement"
    ASKED_ALREADY = "asked_already"
    OWN_SIDE_SILENT = "own_side_silent"
    TOO_LATE = "too_late"
    NOT_ASKED = "not_asked"
    TOO_EARLY = "too_early"
    AGREED_SINCE = "agreed_since"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One of the places where a signature is needed: a side of a task force."""

    task_force_id: int
    side: Side


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A side that has spoken: who, and what."""

    place: Place
    person_id: int
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An agreement before whoever is to sign it: its hash, its last day, the places to sign, and who has."""

    payload_hash: str
    due_on: date
    ending: Ending | None
    places: tuple[Place, ...]
    signed: tuple[Signature, ...] = ()

    @property
    def missing(self) -> tuple[Place, ...]:
        """The places where nobody has signed yet."""
        there = {each.place for each in self.signed}
        return tuple(place for place in self.places if place not in there)


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What both sides have agreed on, as the verb gets it that then runs.

    `last_signer_id` is whose act it is in the log; `override` is the council's decision where it stands in for a side
    (domain rule 5), else None.
    """

    agreement_id: int
    kind: MatterKind
    task_force_id: int
    project_id: int | None
    payload: Mapping[str, Any]
    payload_hash: str
    last_signer_id: int
    override: str | None = None


def payload_hash(kind: MatterKind, task_force_id: int, project_id: int | None, payload: Mapping[str, Any]) -> str:
    """SHA-256 in hex over kind, task force, project and the payload as canonical JSON: what is signed, to the byte."""
    content = {"kind": kind.value, "task_force": task_force_id, "project": project_id, "payload": payload}
    return sha256(canonical(content).encode("ascii")).hexdigest()


def places_of(task_force_ids: Collection[int]) -> tuple[Place, ...]:
    """Where an agreement of these task forces is signed: once for each side of each (domain rules 1 and 13)."""
    return tuple(Place(task_force_id=body, side=side) for body in sorted(set(task_force_ids)) for side in Side)


def why_not_sign(
    asked: Asked,
    person_id: int,
    place: Place | None,
    *,
    seen: str,
    now_is: str,
    today: date,
    is_fresh: bool,
    has_second_factor: bool = True,
) -> WhyNot | None:
    """The first reason why this person may not sign at `place` (None: they may sign nowhere), or None.

    `seen` is the hash on the page they read, `now_is` that of the payload as it would be proposed today. `is_fresh`:
    they have given their second factor within the last ten minutes (domain rule 8).
    """
    if asked.ending is not None:
        return WhyNot.ENDED
    if today > asked.due_on:
        return WhyNot.OVERDUE
    if place is None or place not in asked.places:
        return WhyNot.NO_SEAT
    if any(each.person_id == person_id and each.place.side is not place.side for each in asked.signed):
        return WhyNot.OTHER_SIDE
    if place not in asked.missing or any(each.person_id == person_id for each in asked.signed):
        return WhyNot.SIGNED_ALREADY
    if not seen == asked.payload_hash == now_is:
        return WhyNot.CHANGED
    if is_fresh:
        return None
    return WhyNot.NOT_FRESH if has_second_factor else WhyNot.NO_SECOND_FACTOR


def why_not_on_sheet(asked: Asked, *, mark: str, signed_on: date, proposed_on: date, today: date) -> WhyNot | None:
    """Why a sheet with this `mark` and day is not taken as a signature on what is asked (domain rule 7), or None.

    The mark is what somebody reads off the sheet: the first eight characters or more of the hash printed on it.
    """
    typed = "".join(mark.lower().split())
    if len(typed) < MARK_LENGTH or not asked.payload_hash.startswith(typed):
        return WhyNot.OTHER_SHEET
    return None if proposed_on <= signed_on <= today else WhyNot.NOT_THAT_DAY


def why_not_ask_council(
    asked: Asked, place: Place | None, *, is_asked: bool, ended_on: date | None, today: date
) -> WhyNot | None:
    """The first reason why a side cannot ask the council to stand in for the other (domain rule 5), or None.

    Only a side that has agreed itself asks: the council stands in for one side, never for both. The other side has its
    time first: until two days before the last one, unless it has spoken already.
    """
    if place is None or place not in asked.places:
        return WhyNot.NO_SEAT
    if asked.ending not in OPEN_TO_COUNCIL:
        return WhyNot.ENDED
    if is_asked:
        return WhyNot.ASKED_ALREADY
    if Verdict.APPROVE not in {each.verdict for each in asked.signed if each.place == place}:
        return WhyNot.OWN_SIDE_SILENT
    if asked.ending is None and today < reminds_from(asked.due_on) and not _is_stuck(asked):
        return WhyNot.TOO_EARLY
    return WhyNot.TOO_LATE if ended_on is not None and today > ended_on + timedelta(days=ASK_DAYS) else None


def _is_stuck(asked: Asked) -> bool:
    """Whether a side has spoken and not agreed, so that no signature can be hoped for."""
    return any(each.verdict is not Verdict.APPROVE for each in asked.signed)


def why_not_stand_in(asked: Asked, *, now_is: str, is_agreed_since: bool) -> WhyNot | None:
    """The first reason why the council's word cannot stand in for a side now, or None."""
    if asked.ending not in OPEN_TO_COUNCIL:
        return WhyNot.ENDED
    if not any(each.verdict is Verdict.APPROVE for each in asked.signed):
        return WhyNot.OWN_SIDE_SILENT
    if is_agreed_since:
        return WhyNot.AGREED_SINCE
    return None if now_is == asked.payload_hash else WhyNot.CHANGED


def reminds_from(due_on: date) -> date:
    """The first day on which those are reminded who have not signed, given the last day to sign (domain rule 5)."""
    return due_on - timedelta(days=REMIND_DAYS)


def needs_statement(verdict: Verdict) -> bool:
    """Whether a side that says this must say why, for everybody to read (domain rule 5)."""
    return verdict is not Verdict.APPROVE


def ending_after(asked: Asked) -> Ending | None:
    """How an agreement ends with the signatures it has; None while it waits for another."""
    if any(each.verdict is Verdict.REJECT for each in asked.signed):
        return Ending.REJECTED
    agreed = {each.place for each in asked.signed if each.verdict is Verdict.APPROVE}
    return Ending.EXECUTED if agreed == set(asked.places) else None
