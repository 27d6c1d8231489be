"""Stages of a setback, the steps that lead from one to the next, and who may take them (domain, state machines)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SetbackStage(StrEnum):
    """Where a setback is; `planned` is the domain's "plan agreed"."""

    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    ANALYSED = "analysed"
    PLANNED = "planned"
    CORRECTING = "correcting"
    CHECKED = "checked"
    NOT_EFFECTIVE = "not_effective"
    RESOLVED = "resolved"
    ACCEPTED = "accepted"


class Source(StrEnum):
    """How it came to light."""

    MISSED_MILESTONE = "missed_milestone"
    OVERRUN = "overrun"
    FAILED_CHECK = "failed_check"
    COMPLAINT_UPHELD = "complaint_upheld"
    PARTNER_WITHDREW = "partner_withdrew"
    SAFETY = "safety"
    DATA_ERROR = "data_error"
    PAUSE = "pause"
    OTHER = "other"


class Severity(StrEnum):
    """How bad it is, as the task force sees it."""

    MINOR = "minor"
    SERIOUS = "serious"
    SEVERE = "severe"


class RootCause(StrEnum):
    """Tags by which causes are found again over many setbacks."""

    COMMUNICATION = "communication"
    DATA = "data"
    MONEY = "money"
    PERMIT = "permit"
    PLANNING = "planning"
    QUALITY = "quality"
    SCOPE = "scope"
    STAFF = "staff"
    SUPPLIER = "supplier"
    WEATHER = "weather"
    OUTSIDE = "outside"


class Step(StrEnum):
    """What leads from one stage to another."""

    ACKNOWLEDGE = "acknowledge"
    ANALYSE = "analyse"
    AGREE = "agree"
    BEGIN = "begin"
    CHECK = "check"
    RESOLVE = "resolve"
    FIND_INEFFECTIVE = "find_ineffective"
    ACCEPT = "accept"
    TAKE_UP = "take_up"


class Part(StrEnum):
    """What somebody is to the task force that a setback belongs to."""

    CHAIR = "chair"
    MEMBER = "member"
    CLERK = "clerk"
    OVERSEER = "overseer"
    ANYBODY = "anybody"


class Deed(StrEnum):
    """What somebody does about a setback or a corrective action."""

    TELL = "tell"
    REPORT = "report"
    READ_REPORT = "read_report"
    ACKNOWLEDGE = "acknowledge"
    ANALYSE = "analyse"
    PROPOSE = "propose"
    BEGIN = "begin"
    CLAIM = "claim"
    VERIFY = "verify"
    CHECK = "check"
    CONCLUDE = "conclude"
    TAKE_UP = "take_up"


class WhyNot(StrEnum):
    """Why a step cannot be taken."""

    NOT_A_STEP = "not_a_step"
    RESOLVED = "resolved"
    ACTIONS_OPEN = "actions_open"
    SAME_SIDE = "same_side"


ACKNOWLEDGE_DAYS, PLAN_DAYS, CONCLUDE_DAYS, VERIFY_DAYS = 5, 20, 5, 10
"""Working days for a step (domain, clocks); the last two are ours: the other side concludes, and verifies."""
REVIEW_DAYS = 365
"""An accepted setback is looked at again within a year."""
LEAST_WORDS = 40
"""How many characters a cause, its evidence, a reason or a measured effect has at least."""
MOST_ACTIONS = 6
"""How many corrective actions one plan has at most."""

NEXT: Mapping[tuple[SetbackStage, Step], SetbackStage] = {
    (SetbackStage.REPORTED, Step.ACKNOWLEDGE): SetbackStage.ACKNOWLEDGED,
    (SetbackStage.ACKNOWLEDGED, Step.ANALYSE): SetbackStage.ANALYSED,
    (SetbackStage.ACKNOWLEDGED, Step.ACCEPT): SetbackStage.ACCEPTED,
    (SetbackStage.ANALYSED, Step.AGREE): SetbackStage.PLANNED,
    (SetbackStage.ANALYSED, Step.ACCEPT): SetbackStage.ACCEPTED,
    (SetbackStage.PLANNED, Step.BEGIN): SetbackStage.CORRECTING,
    (SetbackStage.CORRECTING, Step.BEGIN): SetbackStage.CORRECTING,
    (SetbackStage.CORRECTING, Step.CHECK): SetbackStage.CHECKED,
    (SetbackStage.CHECKED, Step.RESOLVE): SetbackStage.RESOLVED,
    (SetbackStage.CHECKED, Step.FIND_INEFFECTIVE): SetbackStage.NOT_EFFECTIVE,
    (SetbackStage.NOT_EFFECTIVE, Step.AGREE): SetbackStage.PLANNED,
    (SetbackStage.NOT_EFFECTIVE, Step.ACCEPT): SetbackStage.ACCEPTED,
    (SetbackStage.ACCEPTED, Step.ACCEPT): SetbackStage.ACCEPTED,
    (SetbackStage.ACCEPTED, Step.TAKE_UP): SetbackStage.ACKNOWLEDGED,
}
"""Every step there is; whatever is not listed is refused. Accepting what is accepted is its yearly review."""

WHO: Mapping[Deed, frozenset[Part]] = {
    Deed.TELL: frozenset(Part),
    Deed.REPORT: frozenset({Part.CHAIR, Part.MEMBER, Part.CLERK, Part.OVERSEER}),
    Deed.READ_REPORT: frozenset({Part.CHAIR, Part.OVERSEER}),
    Deed.ACKNOWLEDGE: frozenset({Part.CHAIR}),
    Deed.ANALYSE: frozenset({Part.CHAIR}),
    Deed.PROPOSE: frozenset({Part.CHAIR, Part.MEMBER}),
    Deed.BEGIN: frozenset({Part.CHAIR, Part.MEMBER}),
    Deed.CLAIM: frozenset({Part.CHAIR, Part.MEMBER}),
    Deed.VERIFY: frozenset({Part.CHAIR}),
    Deed.CHECK: frozenset({Part.CHAIR}),
    Deed.CONCLUDE: frozenset({Part.CHAIR}),
    Deed.TAKE_UP: frozenset({Part.CHAIR}),
}
"""Who does what (domain, roles). What both sides sign is proposed here and signed in `signing`."""

OPEN = frozenset(SetbackStage) - {SetbackStage.RESOLVED, SetbackStage.ACCEPTED}
WAITS_FOR_PLAN = frozenset({SetbackStage.ACKNOWLEDGED, SetbackStage.ANALYSED, SetbackStage.NOT_EFFECTIVE})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What somebody is to a task force today, and on which of its sides they sit, if on any."""

    parts: frozenset[Part]
    side: str | None = None


NOBODY = Standing(parts=frozenset({Part.ANYBODY}))


def code(number: int) -> str:
    """The public id of a setback in its neighborhood, for example S-041."""
    return f"S-{number:03d}"


def why_not(stage: SetbackStage, step: Step, *, unverified: int = 0, same_side: bool = False) -> WhyNot | None:
    """The first reason why `step` cannot be taken at `stage`, or None.

    The effect is checked once no action of the plan is unverified; whoever checked it does not conclude from it.
    """
    if stage is SetbackStage.RESOLVED:
        return WhyNot.RESOLVED
    if (stage, step) not in NEXT:
        return WhyNot.NOT_A_STEP
    if step is Step.CHECK and unverified:
        return WhyNot.ACTIONS_OPEN
    if step in (Step.RESOLVE, Step.FIND_INEFFECTIVE) and same_side:
        return WhyNot.SAME_SIDE
    return None


def is_overdue(stage: SetbackStage, due_on: date, today: date) -> bool:
    """Whether the next step of a setback is past its day; a resolved one waits for nothing."""
    return stage is not SetbackStage.RESOLVED and today > due_on
