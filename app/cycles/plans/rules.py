"""When a prices phase is on, and which dates of a plan fit its cycle."""

from datetime import datetime
from enum import StrEnum

from app.cycles.rules import CycleFacts, PhaseKind, PlanFacts, Stage, within


class WhyNot(StrEnum):
    """Why a plan cannot stand."""

    BALLOT_FIXED = "ballot_fixed"
    HALF = "half"
    ENDS_FIRST = "ends_first"
    OUTSIDE = "outside"
    BEGUN = "begun"
    TEXTS_TOO_LATE = "texts_too_late"


def why_not(cycle: CycleFacts, plan: PlanFacts, now: datetime) -> WhyNot | None:
    """The first reason why a cycle cannot have this plan, or None.

    The prices phase lies between the first day of the review and the first day of voting. Once it has begun it can be
    given more days, and neither taken back nor cut short: residents were promised these days.
    """
    if cycle.stage not in (Stage.DRAFT, Stage.COLLECTING, Stage.REVIEWING):
        return WhyNot.BALLOT_FIXED
    opens_at = cycle.phase(PhaseKind.VOTING).starts_at
    if plan.texts_until is not None and plan.texts_until > opens_at:
        return WhyNot.TEXTS_TOO_LATE
    if (plan.prices_from is None) != (plan.prices_until is None):
        return WhyNot.HALF
    if _is_cut_short(cycle.plan, plan, now):
        return WhyNot.BEGUN
    if plan.prices_from is None or plan.prices_until is None:
        return None
    if plan.prices_until <= plan.prices_from:
        return WhyNot.ENDS_FIRST
    begins = cycle.phase(PhaseKind.REVIEWING).starts_at
    return None if begins <= plan.prices_from and plan.prices_until <= opens_at else WhyNot.OUTSIDE


def prices_on(plan: PlanFacts | None, now: datetime) -> bool:
    """Whether prices can be objected to at `now`."""
    if plan is None or plan.prices_from is None or plan.prices_until is None:
        return False
    return within(now, plan.prices_from, plan.prices_until)


def prices_over(plan: PlanFacts | None, now: datetime) -> bool:
    """Whether nothing of a prices phase is still to come; so too where a cycle has none."""
    return plan is None or plan.prices_until is None or now >= plan.prices_until


def _is_cut_short(before: PlanFacts | None, after: PlanFacts, now: datetime) -> bool:
    if before is None or before.prices_from is None or before.prices_until is None or now < before.prices_from:
        return False
    keeps_start = after.prices_from == before.prices_from
    return not keeps_start or after.prices_until is None or after.prices_until < before.prices_until
