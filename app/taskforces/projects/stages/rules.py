"""The stage table of a project: each step with its hand and its conditions, and the first reason why not.

Nothing that is not in `STEPS` can happen. Three steps follow from another act and from nothing else: the baseline
takes a project into planning, the publication of its report completes it, the last check after that evaluates it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.taskforces.projects.rules import ACTIVE, LEAST_WORDS, ProjectStage

S = ProjectStage


class Hand(StrEnum):
    """By whose hand a step is taken."""

    CLERK = "clerk"
    CHAIR = "chair"
    BOTH = "both"
    """Both sides have signed exactly this."""
    BOTH_AND_CLERK = "both_and_clerk"
    """A clerk has put it before both sides, and both have signed."""


class WhyNot(StrEnum):
    """Why a project cannot take a step; each is a condition of the table that does not hold."""

    NOT_A_STEP = "not_a_step"
    OTHER_HAND = "other_hand"
    YEAR_CLOSED = "year_closed"
    PROVISIONAL = "provisional"
    NO_TASK_FORCE = "no_task_force"
    NO_LEAD = "no_lead"
    NO_MANAGER = "no_manager"
    NO_MILESTONES = "no_milestones"
    NO_PLAN_MILESTONE = "no_plan_milestone"
    NO_DELIVERY_MILESTONE = "no_delivery_milestone"
    PLAN_NOT_VERIFIED = "plan_not_verified"
    NO_REASON = "no_reason"
    NO_COMMITMENT = "no_commitment"
    NOT_CLAIMED = "not_claimed"
    OPEN_MILESTONES = "open_milestones"
    NO_SNAG_LIST = "no_snag_list"
    NO_REPORT = "no_report"
    NO_RESTART = "no_restart"
    NOT_CONFIRMED = "not_confirmed"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything a step of a project depends on; counts are of milestones that were not dropped."""

    stage: ProjectStage
    paused_from: ProjectStage | None = None
    year_is_open: bool = True
    result_is_final: bool = True
    has_task_force: bool = False
    """Whether its task force is constituted."""
    has_lead: bool = False
    has_manager: bool = False
    milestones: int = 0
    plans: int = 0
    """Milestones by which a plan or permit is approved."""
    plans_verified: int = 0
    deliveries: int = 0
    deliveries_unclaimed: int = 0
    unverified: int = 0
    committed_cents: int = 0
    reason: str = ""
    """What is said for it, where the step needs a reason."""
    snags_dated: bool = False
    """Whether the list of what remains to be put right is there, each line with its day; it may be empty."""
    report_is_public: bool = False
    """Whether the completion report made from what both sides have signed is published."""
    restart_is_ahead: bool = False
    residents_confirmed: bool = False
    checked_after_a_year: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step that a project may take."""

    to: ProjectStage
    hand: Hand
    needs: tuple[WhyNot, ...] = ()
    """The conditions, each by the name of its refusal, in the order in which they are asked."""


HOLDS: Mapping[WhyNot, Callable[[Facts], bool]] = {
    WhyNot.YEAR_CLOSED: lambda facts: facts.year_is_open,
    WhyNot.PROVISIONAL: lambda facts: facts.result_is_final,
    WhyNot.NO_TASK_FORCE: lambda facts: facts.has_task_force,
    WhyNot.NO_LEAD: lambda facts: facts.has_lead,
    WhyNot.NO_MANAGER: lambda facts: facts.has_manager,
    WhyNot.NO_MILESTONES: lambda facts: facts.milestones > 0,
    WhyNot.NO_PLAN_MILESTONE: lambda facts: facts.plans > 0,
    WhyNot.NO_DELIVERY_MILESTONE: lambda facts: facts.deliveries > 0,
    WhyNot.PLAN_NOT_VERIFIED: lambda facts: facts.plans_verified > 0,
    WhyNot.NO_REASON: lambda facts: len(facts.reason.strip()) >= LEAST_WORDS,
    WhyNot.NO_COMMITMENT: lambda facts: facts.committed_cents > 0,
    WhyNot.NOT_CLAIMED: lambda facts: facts.deliveries > 0 and not facts.deliveries_unclaimed,
    WhyNot.OPEN_MILESTONES: lambda facts: not facts.unverified,
    WhyNot.NO_SNAG_LIST: lambda facts: facts.snags_dated,
    WhyNot.NO_REPORT: lambda facts: facts.report_is_public,
    WhyNot.NO_RESTART: lambda facts: facts.restart_is_ahead,
    WhyNot.NOT_CONFIRMED: lambda facts: facts.residents_confirmed,
    WhyNot.NOT_CHECKED: lambda facts: facts.checked_after_a_year,
}

_TAKEN_ON = (WhyNot.PROVISIONAL, WhyNot.YEAR_CLOSED, WhyNot.NO_TASK_FORCE, WhyNot.NO_LEAD, WhyNot.NO_MANAGER)
_PROMISED = (
    WhyNot.NO_LEAD,
    WhyNot.NO_MANAGER,
    WhyNot.NO_MILESTONES,
    WhyNot.NO_PLAN_MILESTONE,
    WhyNot.NO_DELIVERY_MILESTONE,
)
_PAUSE = Step(to=S.PAUSED, hand=Hand.BOTH, needs=(WhyNot.NO_REASON, WhyNot.NO_RESTART))
_CANCEL = Step(to=S.CANCELLED, hand=Hand.BOTH_AND_CLERK, needs=(WhyNot.NO_TASK_FORCE, WhyNot.NO_REASON))

STEPS: Mapping[ProjectStage, tuple[Step, ...]] = {
    S.FUNDED: (Step(to=S.MOBILISING, hand=Hand.CLERK, needs=_TAKEN_ON), _CANCEL),
    S.MOBILISING: (Step(to=S.PLANNING, hand=Hand.BOTH, needs=_PROMISED), _PAUSE, _CANCEL),
    S.PLANNING: (
        Step(to=S.PROCUREMENT, hand=Hand.CHAIR, needs=(WhyNot.PLAN_NOT_VERIFIED,)),
        Step(to=S.DELIVERY, hand=Hand.CHAIR, needs=(WhyNot.PLAN_NOT_VERIFIED, WhyNot.NO_REASON)),
        _PAUSE,
        _CANCEL,
    ),
    S.PROCUREMENT: (Step(to=S.DELIVERY, hand=Hand.CHAIR, needs=(WhyNot.NO_COMMITMENT,)), _PAUSE, _CANCEL),
    S.DELIVERY: (Step(to=S.HANDOVER, hand=Hand.CHAIR, needs=(WhyNot.NOT_CLAIMED,)), _PAUSE, _CANCEL),
    S.HANDOVER: (
        Step(to=S.COMPLETED, hand=Hand.BOTH, needs=(WhyNot.OPEN_MILESTONES, WhyNot.NO_SNAG_LIST, WhyNot.NO_REPORT)),
        _PAUSE,
        _CANCEL,
    ),
    S.COMPLETED: (Step(to=S.EVALUATED, hand=Hand.CHAIR, needs=(WhyNot.NOT_CONFIRMED, WhyNot.NOT_CHECKED)),),
    S.EVALUATED: (),
    S.PAUSED: (*(Step(to=stage, hand=Hand.BOTH) for stage in S if stage in ACTIVE), _CANCEL),
    S.CANCELLED: (),
}
"""Every step there is. A paused project goes back only to the stage it was paused from."""

ON_ANOTHER_PAGE = frozenset({S.MOBILISING, S.PLANNING, S.COMPLETED, S.EVALUATED, S.PAUSED, S.CANCELLED})
"""Stages that are reached by handing over, signing or checking, never by the plain step of a co-chair."""


def step(stage: ProjectStage, to: ProjectStage) -> Step | None:
    """The step from one stage to another, if the table has it."""
    return next((each for each in STEPS[stage] if each.to is to), None)


def why_not_step(facts: Facts, to: ProjectStage, hands: Collection[Hand]) -> WhyNot | None:
    """The first reason why a project cannot step to `to` by one of these hands, or None if it can."""
    found = step(facts.stage, to)
    if found is None or (facts.stage is S.PAUSED and to is not S.CANCELLED and to is not facts.paused_from):
        return WhyNot.NOT_A_STEP
    if found.hand not in hands:
        return WhyNot.OTHER_HAND
    return next((need for need in found.needs if not HOLDS[need](facts)), None)


def next_stages(stage: ProjectStage) -> tuple[ProjectStage, ...]:
    """The stages that a co-chair can move a project on to by a plain step."""
    return tuple(each.to for each in STEPS[stage] if each.hand is Hand.CHAIR and each.to not in ON_ANOTHER_PAGE)
