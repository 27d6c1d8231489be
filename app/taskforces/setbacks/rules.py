"""Stages of a setback."""

from enum import StrEnum


class SetbackStage(StrEnum):
    """Where a setback is."""

    REPORTED = "reported"
    CORRECTING = "correcting"
    RESOLVED = "resolved"


class WhyNot(StrEnum):
    """Why a setback cannot be resolved."""

    RESOLVED = "resolved"
    NO_ACTION = "no_action"
    ACTIONS_OPEN = "actions_open"


def why_not_resolve(stage: SetbackStage, *, actions: int, still_open: int) -> WhyNot | None:
    """The first reason why a setback is not over yet: something was done about it, and all of it is done."""
    if stage is SetbackStage.RESOLVED:
        return WhyNot.RESOLVED
    if not actions:
        return WhyNot.NO_ACTION
    return WhyNot.ACTIONS_OPEN if still_open else None
