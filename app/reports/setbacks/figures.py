"""The figures of a quarter's register of setbacks, read once."""

from datetime import date
from typing import Any

from app.core.clock import today
from app.reports.queries import subject_of
from app.reports.rules import Line, Period
from app.reports.setbacks.rules import belongs, outcome, repeated, told_people
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.setbacks import words as setback_words
from app.taskforces.setbacks.queries import ActionRow, SetbackRow
from app.taskforces.setbacks.rules import OPEN, SetbackStage

Plain = dict[str, Any]


def figures(line: Line) -> Plain:
    """Every setback that was open on a day of the quarter, as it stands today, those past their day first."""
    assert line.period is not None  # the kind has quarters
    on, period = today(subject_of(line).time_zone), line.period
    everything = setbacks.of_neighborhood(line.subject_id)
    found = [row for row in everything if belongs(period, found_on=row.found_on, resolved_on=row.resolved_on)]
    found.sort(key=lambda row: (-row.days_over(on), row.stage not in OPEN, row.found_on))
    return {
        "told_on": on,
        "counts": _counts(found, period, on),
        "setbacks": [_setback(row, on) for row in found],
        "causes": [{"cause": k, "times": n} for k, n in repeated(t for r in found for t in r.root_causes).items()],
        "places": [{"about": k, "times": n} for k, n in repeated(_about(row) for row in found).items()],
    }


def _counts(found: list[SetbackRow], period: Period, on: date) -> Plain:
    def within(day: date | None) -> bool:
        return day is not None and period.first_on <= day <= period.last_on

    return {
        "all": len(found),
        "found": sum(within(row.found_on) for row in found),
        "resolved": sum(within(row.resolved_on) for row in found),
        "accepted": sum(row.stage is SetbackStage.ACCEPTED for row in found),
        "open": sum(row.stage in OPEN for row in found),
        "overdue": sum(row.overdue(on) for row in found),
        "cents": sum(row.effect_cents or 0 for row in found),
    }


SAME = (
    "code title project_code project_title task_force source rule stage severity description effect effect_days"
    " effect_cents cause cause_evidence root_causes plan accepted_because found_on due_on acknowledged_on analysed_on"
    " planned_on accepted_on resolved_on"
).split()


def _setback(row: SetbackRow, on: date) -> Plain:
    people, few = told_people(row.effect_people)
    return {
        **{name: getattr(row, name) for name in SAME},
        **own_title(row),
        "about": _about(row),
        "effect_people": people,
        "few_people": few,
        "age_days": max(0, ((row.resolved_on or on) - row.found_on).days),
        "days_over": row.days_over(on),
        "is_open": row.stage in OPEN,
        "outcome": outcome(row.stage, (each.finding for each in row.current)),
        "actions": [_action(each, row.plan, on) for each in row.actions],
        "check": row.check,
    }


def own_title(row: SetbackRow) -> Plain:
    """What the task force calls it; None where a rule or a report opened it, and then the milestone that was late."""
    by_rule = setback_words.title(None, row.source, row.rule, row.facts)
    return {"title": None if row.title == by_rule else row.title, "milestone": row.facts.get("milestone")}


def _action(row: ActionRow, plan: int, on: date) -> Plain:
    return {
        "step": row.step,
        "owner": row.owner,
        "due_on": row.due_on,
        "stage": row.stage,
        "finding": row.finding,
        "found": row.found,
        "plan": row.plan,
        "is_current": row.plan == plan,
        "days_over": (on - row.due_on).days if row.overdue(on) else 0,
    }


def _about(row: SetbackRow) -> str:
    """The project or the task force it is about."""
    if row.project_code is not None:
        return f"{row.project_code} {row.project_title}"
    return row.task_force or row.neighborhood
