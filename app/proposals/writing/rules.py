"""The steps of writing, what each still lacks, and what becomes of a part that two windows have changed."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.proposals.rules import LEAST, CostLine


class Step(StrEnum):
    """A short page of questions."""

    NEED = "need"
    IDEA = "idea"
    PLACE = "place"
    GAINS = "gains"
    COSTS = "costs"
    HELP = "help"


PARTS: Mapping[Step, tuple[str, ...]] = {
    Step.NEED: ("need", "priority_id"),
    Step.IDEA: ("title", "summary", "category_id", "watches_people"),
    Step.PLACE: ("place", "area_id"),
    Step.GAINS: ("gains",),
    Step.COSTS: ("estimate",),
    Step.HELP: ("helpers",),
}
ORDER = list(Step)


class Standing(StrEnum):
    """What becomes of a part that was typed, beside what is saved already."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH_CHANGED = "both_changed"


@dataclass(frozen=True, kw_only=True)
class Written:
    """What stands in a draft so far; any of it may be empty."""

    need: str
    priority_id: int | None
    title: str
    summary: str
    category_id: int | None
    watches_people: bool | None
    place: str
    area_id: int | None
    gains: str
    estimate: tuple[CostLine, ...]
    helpers: str


def lacking(written: Written, *, cost_stands: bool) -> frozenset[str]:
    """The parts that are missing or too short to be sent; `cost_stands`: the estimate is within the limits."""
    short = {part for part, least in LEAST.items() if len(getattr(written, part)) < least}
    unanswered = {part for part in ("category_id", "watches_people") if getattr(written, part) is None}
    costs = set() if written.estimate and cost_stands else {"estimate"}
    return frozenset(short | unanswered | costs)


def first_unfinished(lacks: Collection[str]) -> Step | None:
    """The first step with something missing; None where all may be checked and sent."""
    return next((step for step in ORDER if set(PARTS[step]) & set(lacks)), None)


def after(step: Step) -> Step | None:
    """The step that follows; None after the last."""
    return ORDER[ORDER.index(step) + 1] if step is not ORDER[-1] else None


def before(step: Step) -> Step | None:
    """The step ahead of it; None before the first."""
    return ORDER[ORDER.index(step) - 1] if step is not ORDER[0] else None


def mark_of(value: object) -> str:
    """A short mark of a saved part, by which a form knows later whether it is still the same."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def standing(*, read: str, saved: object, typed: object) -> Standing:
    """What becomes of `typed`, by somebody who has read the part that bears the mark `read`."""
    if typed == saved:
        return Standing.SAME
    if mark_of(saved) == read:
        return Standing.MINE
    return Standing.THEIRS if mark_of(typed) == read else Standing.BOTH_CHANGED
