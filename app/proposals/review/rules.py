"""What a review can decide, the typed reasons it can give, and what must come with it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.proposals.rules import CostLine, Stage, can_become


class Decision(StrEnum):
    """What an officer decided."""

    FEASIBLE = "feasible"
    NEEDS_CHANGES = "needs_changes"
    NOT_FEASIBLE = "not_feasible"


class Reason(StrEnum):
    """Why, as a typed word; the officer's own sentence stands beside it."""

    MEETS_CRITERIA = "meets_criteria"
    UNCLEAR = "unclear"
    COST_UNKNOWN = "cost_unknown"
    OUTSIDE_AREA = "outside_area"
    NOT_OURS_TO_DECIDE = "not_ours_to_decide"
    AGAINST_THE_LAW = "against_the_law"
    COSTS_MORE_THAN_POT = "costs_more_than_pot"
    ALREADY_PLANNED = "already_planned"


class WhyNot(StrEnum):
    """Why a finding cannot stand as it is."""

    STAGE = "stage"
    REASON = "reason"
    NO_COST = "no_cost"
    NO_SOURCE = "no_source"
    NO_PAYER = "no_payer"
    DEARER_THAN_POT = "dearer_than_pot"
    NO_IMPACT_NOTE = "no_impact_note"
    UNANSWERED = "unanswered"
    NO_DATE = "no_date"
    CLOCK_RUNS = "clock_runs"


class Money(StrEnum):
    """What a line of a price buys: something that stays, or a year of keeping it going."""

    CAPITAL = "capital"
    RUNNING = "running"


class Heap(StrEnum):
    """What the officers' queue shows."""

    WAITING = "waiting"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    SECOND = "second"
    CHANGES = "changes"
    LOOKS = "looks"
    FEASIBLE = "feasible"
    NOT_FEASIBLE = "not_feasible"


class Ending(StrEnum):
    """What became of a finding that was prepared."""

    PUBLISHED = "published"
    SENT_BACK = "sent_back"
    TAKEN_BACK = "taken_back"


class Reply(StrEnum):
    """The answer to a question of the checklist."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, kw_only=True)
class PricedLine(CostLine):
    """A line of an officer's price: where the amount comes from, what it buys, and who pays it if not the pot."""

    source: str = ""
    money: Money = Money.CAPITAL
    payer: str = ""


@dataclass(frozen=True, kw_only=True)
class ChecklistReply:
    """A question of the checklist with its answer and the sentence that goes with it."""

    question: str
    reply: Reply
    sentence: str


CHANGE_DAYS, LEAST_CHANGE_DAYS, MOST_CHANGE_DAYS = 14, 3, 60
"""Days an author is offered to answer a wish for changes, and the fewest and most an officer may set."""

REASONS_FOR: Mapping[Decision, tuple[Reason, ...]] = {
    Decision.FEASIBLE: (Reason.MEETS_CRITERIA,),
    Decision.NEEDS_CHANGES: (Reason.UNCLEAR, Reason.COST_UNKNOWN, Reason.OUTSIDE_AREA),
    Decision.NOT_FEASIBLE: (
        Reason.OUTSIDE_AREA,
        Reason.NOT_OURS_TO_DECIDE,
        Reason.AGAINST_THE_LAW,
        Reason.COSTS_MORE_THAN_POT,
        Reason.ALREADY_PLANNED,
    ),
}
STAGE_AFTER: Mapping[Decision, Stage] = {decision: Stage(decision.value) for decision in Decision}


def can_be_decided(stage: Stage, decision: Decision) -> bool:
    """Whether a proposal in `stage` may be found so; the same finding again is welcome when it brings a new price."""
    return can_become(stage, STAGE_AFTER[decision]) or stage is STAGE_AFTER[decision] is Stage.FEASIBLE


def pot_cents(lines: Iterable[PricedLine]) -> int:
    """What the pot pays of a price, in cents: the lines that nobody else pays."""
    return sum(line.amount_cents for line in lines if not line.payer)


def needs_second(decision: Decision, *, at_stake_cents: int, above_cents: int | None) -> bool:
    """Whether another officer must agree before this finding stands: yes and no alike, above the cycle's threshold.

    At stake is the officers' price, or its author's estimate where there is no price. A wish for changes decides
    nothing, so it goes out at once.
    """
    return decision is not Decision.NEEDS_CHANGES and above_cents is not None and at_stake_cents > above_cents


def is_running_out(answer_until: datetime | None, now: datetime) -> bool:
    """Whether the time an author was given to answer is over."""
    return answer_until is not None and now >= answer_until


def fits_as_answer_time(answer_until: datetime, now: datetime) -> bool:
    """Whether an author is given a fair time to answer: some days, and not forever."""
    return timedelta(days=LEAST_CHANGE_DAYS) <= answer_until - now <= timedelta(days=MOST_CHANGE_DAYS)


def checklist_is_whole(decision: Decision, asked: Collection[str], answers: Collection[ChecklistReply]) -> bool:
    """Whether each question was answered with a sentence; only what can be done needs every answer."""
    answered = {answer.question for answer in answers if answer.sentence.strip()}
    return (
        len(answered) == len(answers)
        and answered <= set(asked)
        and (decision is not Decision.FEASIBLE or answered == set(asked))
    )


def why_not(
    stage: Stage,
    decision: Decision,
    reason: Reason,
    *,
    cost_cents: int | None,
    spendable_cents: int,
    watches_people: bool = False,
    impact_note: str = "",
) -> WhyNot | None:
    """The first thing that keeps a finding from standing, or None.

    A feasible proposal needs a price that the pot can pay (domain rule 9) and, where it watches people, a note of what
    that means for them (domain rule 33).
    """
    if not can_be_decided(stage, decision):
        return WhyNot.STAGE
    if reason not in REASONS_FOR[decision]:
        return WhyNot.REASON
    if decision is not Decision.FEASIBLE:
        return None
    if not cost_cents:
        return WhyNot.NO_COST
    if cost_cents > spendable_cents:
        return WhyNot.DEARER_THAN_POT
    return WhyNot.NO_IMPACT_NOTE if watches_people and not impact_note else None


def why_not_priced(lines: Iterable[PricedLine], *, running_cost_cents: int, running_payer: str) -> WhyNot | None:
    """What a price lacks, or None: each amount has its source, and a cost of later years has somebody who pays it."""
    if any(not line.source for line in lines):
        return WhyNot.NO_SOURCE
    return WhyNot.NO_PAYER if running_cost_cents and not running_payer else None


def why_not_timed(
    decision: Decision, *, answer_until: datetime | None, running_until: datetime | None, now: datetime
) -> WhyNot | None:
    """What the clock says against a finding, or None.

    A wish for changes gives its author a fair time. Until a time once given (`running_until`) is over, nobody turns
    the proposal down behind its author's back; that it can be done may be found at any time.
    """
    if decision is Decision.NEEDS_CHANGES:
        fair = answer_until is not None and fits_as_answer_time(answer_until, now)
        return None if fair else WhyNot.NO_DATE
    waits = running_until is not None and not is_running_out(running_until, now)
    return WhyNot.CLOCK_RUNS if waits and decision is Decision.NOT_FEASIBLE else None
