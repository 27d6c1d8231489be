"""Until when a second look can be asked for, who answers it and by when, and what may come of it."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.proposals.rules import Stage

ASK_DAYS, ANSWER_DAYS = 10, 10
"""Days to ask after a finding, and days to answer after that: domain.md, proposal stages (`review right 10 days`)."""
LEAST_WORDS, MOST_WORDS = 20, 2000
"""Characters of what is asked and of what is answered."""


class Outcome(StrEnum):
    """What another officer found when they looked again."""

    STANDS = "stands"
    REOPENED = "reopened"


class WhyNotAsk(StrEnum):
    """Why a second look cannot be asked for."""

    NOT_TURNED_DOWN = "not_turned_down"
    ASKED_BEFORE = "asked_before"
    TOO_LATE = "too_late"
    BALLOT_FIXED = "ballot_fixed"


class WhyNotAnswer(StrEnum):
    """Why a second look cannot be answered."""

    ANSWERED = "answered"
    SAME_OFFICER = "same_officer"
    OVERTAKEN = "overtaken"
    BALLOT_FIXED = "ballot_fixed"


def ask_until(decided_at: datetime) -> datetime:
    """The moment from which a finding of `decided_at` (UTC) can no longer be asked about."""
    return decided_at + timedelta(days=ASK_DAYS)


def due_at(asked_at: datetime) -> datetime:
    """Until when the answer is promised; the promise does not end the duty to answer."""
    return asked_at + timedelta(days=ANSWER_DAYS)


def why_not_ask(
    stage: Stage, *, decided_at: datetime | None, asked_before: bool, is_open: bool, now: datetime
) -> WhyNotAsk | None:
    """The first thing that keeps the author from asking about the newest finding, or None.

    `decided_at` is when that finding was made (None without one), `is_open` whether the ballot is not fixed yet.
    """
    if not is_open:
        return WhyNotAsk.BALLOT_FIXED
    if stage is not Stage.NOT_FEASIBLE or decided_at is None:
        return WhyNotAsk.NOT_TURNED_DOWN
    if asked_before:
        return WhyNotAsk.ASKED_BEFORE
    return WhyNotAsk.TOO_LATE if now >= ask_until(decided_at) else None


def why_not_answer(stage: Stage, *, is_answered: bool, is_judge: bool, is_open: bool) -> WhyNotAnswer | None:
    """The first thing that keeps this officer from answering, or None: whoever turned it down, or agreed to that
    (`is_judge`), does not look again."""
    if is_answered:
        return WhyNotAnswer.ANSWERED
    if is_judge:
        return WhyNotAnswer.SAME_OFFICER
    if not is_open:
        return WhyNotAnswer.BALLOT_FIXED
    return None if stage is Stage.NOT_FEASIBLE else WhyNotAnswer.OVERTAKEN
