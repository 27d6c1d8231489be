"""What was planned and what came of it, as the standard counts it: forecasts, metrics, changed contracts, budget."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from app.opendata.projects.rules import day
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.promises.rules import Timing
from app.taskforces.spending.queries import EntryRow
from app.taskforces.spending.rules import EFFECTS, EntryKind

Value = Callable[[int], dict[str, Any]]
"""Cents as an amount in the currency of the project."""
UNIT = {"name": "milestones done"}
DONE = frozenset({Timing.DONE, Timing.DONE_LATE})


def forecasts(milestones: Sequence[MilestoneRow]) -> list[dict[str, Any]]:
    """How many milestones were to be done by which day: as it was promised, and as it is expected now."""
    promised = _steps(each.baseline_on for each in milestones)
    expected = _steps(
        each.actual_on if each.timing in DONE and each.actual_on else each.forecast_on for each in milestones
    )
    return [
        *_metric("milestones-promised", "Milestones done by each day, as both sides promised", promised),
        *_metric("milestones-expected", "Milestones done by each day, as it is expected now", expected),
    ]


def metrics(milestones: Sequence[MilestoneRow], entries: Sequence[EntryRow], value: Value) -> list[dict[str, Any]]:
    """How many milestones were done by which day, both sides agreeing, and how much was paid after each month."""
    done = _steps(each.actual_on for each in milestones if each.timing in DONE and each.actual_on)
    return [
        *_metric("milestones-done", "Milestones done by each day, as both sides agree", done),
        *_metric("paid", "Paid so far, after each month with payments", _paid(entries, value)),
    ]


def modifications(entries: Sequence[EntryRow], value: Value) -> list[dict[str, Any]]:
    """Every change of a contract's value with its reason; `entries` are those of its promise, in their order."""
    after = list(accumulate(each.amount_cents for each in entries))
    return [
        {
            "id": str(each.number),
            "date": day(each.on),
            "type": "value",
            "rationale": each.purpose,
            "oldContractValue": value(sum_ - each.amount_cents),
            "newContractValue": value(sum_),
        }
        for each, sum_ in zip(entries, after, strict=True)
        if each.kind is EntryKind.COMMIT_CHANGE
    ]


def breakdown(entries: Iterable[EntryRow], value: Value) -> list[dict[str, Any]]:
    """What was given, moved in and moved out: it adds up to the budget."""
    return [
        {
            "id": str(each.number),
            "description": each.purpose,
            "amount": value(EFFECTS[each.kind].allocated * each.amount_cents),
            "period": {"startDate": day(each.on)},
        }
        for each in entries
        if EFFECTS[each.kind].allocated
    ]


def _metric(id_: str, title: str, observations: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A metric, unless nothing was observed."""
    if found := list(observations):
        yield {"id": id_, "title": title, "observations": found}


def _steps(days: Iterable[date]) -> Iterator[dict[str, Any]]:
    """One observation for each day: how many of the days have come by then."""
    ordered = sorted(days)
    last = {on: number for number, on in enumerate(ordered, 1)}
    for on, number in last.items():
        yield {"id": on.isoformat(), "period": {"endDate": day(on)}, "measure": number, "unit": UNIT}


def _paid(entries: Iterable[EntryRow], value: Value) -> Iterator[dict[str, Any]]:
    """What was paid by the last day in each month with payments."""
    so_far = 0
    after: dict[str, tuple[date, int]] = {}
    for each in sorted(entries, key=lambda entry: (entry.on, entry.number)):
        if EFFECTS[each.kind].spent:
            so_far += EFFECTS[each.kind].spent * each.amount_cents
            after[f"{each.on:%Y-%m}"] = each.on, so_far
    for month, (on, cents) in after.items():
        yield {"id": month, "period": {"endDate": day(on)}, "value": value(cents)}
