"""When money may be promised, and how a payee who is a private person is named (domain rules 6, 15 and 16)."""

from enum import StrEnum

from app.taskforces.projects.rules import ProjectStage
from app.taskforces.spending.rules import may_commit


class PayeeRole(StrEnum):
    """What a private person is paid as: their name is never written (domain rule 15)."""

    ARTIST = "artist"
    CARER = "carer"
    INTERPRETER = "interpreter"
    SPEAKER = "speaker"
    TEACHER = "teacher"
    TRADESPERSON = "tradesperson"
    VOLUNTEER = "volunteer"
    YOUTH_WORKER = "youth_worker"
    OTHER = "other"


class WhyNot(StrEnum):
    """Why nothing can be promised now."""

    NOT_IN_THIS_STAGE = "not_in_this_stage"
    IMPAIRED = "impaired"
    FORECAST_OVER = "forecast_over"
    SAME_AMOUNT = "same_amount"


def why_not_promise(
    stage: ProjectStage,
    *,
    amount_cents: int,
    alone_cents: int,
    is_impaired: bool,
    expected_cents: int | None,
    allocated_cents: int,
    has_setback: bool,
) -> WhyNot | None:
    """The first reason why a commitment of `amount_cents` cannot be put before both sides, or None.

    `is_impaired` says that the task force has had a co-chair's seat vacant for too long; `expected_cents` is the cost
    last forecast.
    """
    if not may_commit(stage):
        return WhyNot.NOT_IN_THIS_STAGE
    if is_impaired and amount_cents > alone_cents:
        return WhyNot.IMPAIRED
    if expected_cents is not None and expected_cents > allocated_cents and not has_setback:
        return WhyNot.FORECAST_OVER
    return None
