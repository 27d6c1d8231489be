"""Stages and phases of a cycle, and what each allows."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """Where a cycle is. It only ever moves forward, one step at a time."""

    DRAFT = "draft"
    COLLECTING = "collecting"
    REVIEWING = "reviewing"
    BALLOT_FIXED = "ballot_fixed"
    VOTING = "voting"
    COUNTING = "counting"
    CERTIFIED = "certified"
    DELIVERING = "delivering"
    CLOSED = "closed"


class PhaseKind(StrEnum):
    """The dated parts of a cycle that residents see."""

    COLLECTING = "collecting"
    REVIEWING = "reviewing"
    VOTING = "voting"
    COUNTING = "counting"
    DELIVERING = "delivering"


PHASE_OF_STAGE: Mapping[Stage, PhaseKind] = {
    Stage.COLLECTING: PhaseKind.COLLECTING,
    Stage.REVIEWING: PhaseKind.REVIEWING,
    Stage.BALLOT_FIXED: PhaseKind.REVIEWING,
    Stage.VOTING: PhaseKind.VOTING,
    Stage.COUNTING: PhaseKind.COUNTING,
    Stage.CERTIFIED: PhaseKind.COUNTING,
    Stage.DELIVERING: PhaseKind.DELIVERING,
}

ORDER = list(Stage)


class PublicationLevel(StrEnum):
    """How much of the ballots is published, decided before voting (voting.md section 9)."""

    FULL = "full"
    TOTALS = "totals"


class LeftoverRule(StrEnum):
    """Where unspent money goes, decided before voting (domain rule 14)."""

    NEXT_CYCLE = "next_cycle"
    CONTINGENCY = "contingency"


def can_become(stage: Stage, next_stage: Stage) -> bool:
    """Whether a cycle may step from `stage` to `next_stage`: only to the one that follows it."""
    return ORDER.index(next_stage) == ORDER.index(stage) + 1


def reached(stage: Stage, mark: Stage) -> bool:
    """Whether a cycle in `stage` has come as far as `mark`."""
    return ORDER.index(stage) >= ORDER.index(mark)


def within(moment: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a phase is on at `moment`: the start belongs to it, the end does not."""
    return starts_at <= moment < ends_at


def spendable_cents(pot_cents: int, contingency_cents: int) -> int:
    """What the count spends, in cents: the pot less its contingency (domain decision 10)."""
    return pot_cents - contingency_cents
