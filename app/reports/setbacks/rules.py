"""Which setbacks a quarter tells of, in which order, and how far each has been put right."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from app.reports.rules import Period
from app.taskforces.setbacks.actions.rules import Finding
from app.taskforces.setbacks.rules import SetbackStage

FEWEST = 5
"""Numbers of people below this are not printed as numbers."""


class Outcome(StrEnum):
    """How far a setback has been put right."""

    CORRECTED = "corrected"
    PARTLY = "partly"
    NOT = "not"
    ACCEPTED = "accepted"


def belongs(period: Period, *, found_on: date, resolved_on: date | None) -> bool:
    """Whether a setback was open on any day of the period."""
    return found_on <= period.last_on and (resolved_on is None or resolved_on >= period.first_on)


def outcome(stage: SetbackStage, findings: Iterable[Finding | None]) -> Outcome:
    """How far it is put right: by what was concluded, else by what the other side saw of the plan that holds."""
    if stage is SetbackStage.RESOLVED:
        return Outcome.CORRECTED
    if stage is SetbackStage.ACCEPTED:
        return Outcome.ACCEPTED
    seen = set(findings)
    return Outcome.PARTLY if seen & {Finding.CORRECTED, Finding.PARTLY} else Outcome.NOT


def told_people(number: int | None) -> tuple[int | None, bool]:
    """How many people it touched as it is printed, and whether they were too few for a number."""
    is_few = number is not None and 0 < number < FEWEST
    return (None if is_few else number), is_few


def repeated(tags: Iterable[str]) -> Mapping[str, int]:
    """What comes more than once, with how often, the most frequent first."""
    counts: dict[str, int] = {}
    for tag in tags:
        counts[tag] = counts.get(tag, 0) + 1
    often = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {tag: times for tag, times in often if times > 1}
