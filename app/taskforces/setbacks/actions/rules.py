"""Stages of a corrective action (domain, state machines): claimed by one side, verified by the other (rule 20)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum


class ActionStage(StrEnum):
    """Where a corrective action is; overdue is derived."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    CLOSED = "closed"


class Move(StrEnum):
    """What leads from one stage to the next; an action closes when the effect of its plan is checked."""

    BEGIN = "begin"
    CLAIM = "claim"
    VERIFY = "verify"
    CLOSE = "close"


class Finding(StrEnum):
    """What the other side found."""

    CORRECTED = "corrected"
    PARTLY = "partly"
    NOT = "not"


class WhyNot(StrEnum):
    """Why an action does not move."""

    NOT_A_STEP = "not_a_step"
    SAME_SIDE = "same_side"


NEXT: Mapping[tuple[ActionStage, Move], ActionStage] = {
    (ActionStage.OPEN, Move.BEGIN): ActionStage.IN_PROGRESS,
    (ActionStage.IN_PROGRESS, Move.CLAIM): ActionStage.CLAIMED,
    (ActionStage.CLAIMED, Move.VERIFY): ActionStage.VERIFIED,
    (ActionStage.VERIFIED, Move.CLOSE): ActionStage.CLOSED,
}
"""Every move there is; whatever is not listed is refused."""
UNCLAIMED = frozenset({ActionStage.OPEN, ActionStage.IN_PROGRESS})
UNVERIFIED = UNCLAIMED | {ActionStage.CLAIMED}


def why_not(stage: ActionStage, move: Move, *, same_side: bool = False) -> WhyNot | None:
    """The first reason why `move` cannot be made at `stage`, or None; nobody verifies what their own side claimed."""
    if (stage, move) not in NEXT:
        return WhyNot.NOT_A_STEP
    return WhyNot.SAME_SIDE if move is Move.VERIFY and same_side else None


def is_overdue(stage: ActionStage, due_on: date, today: date) -> bool:
    """Whether an action was not even claimed by its day."""
    return stage in UNCLAIMED and today > due_on
