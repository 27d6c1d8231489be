"""The figures of a quarter's delivery, with those of the quarter before and of the same one a year before."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from app.core.clock import today
from app.core.errors import DomainError, NotFound
from app.places import queries as places
from app.places.models import Neighborhood
from app.places.queries import NeighborhoodFacts
from app.reports.annual import queries
from app.reports.annual.figures import setback_rows, sums_of
from app.reports.delivery.rules import on_time
from app.reports.rules import Line, Period, ReportKind, period_before, period_of
from app.taskforces.projects import queries as projects
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.spending.tie_outs import queries as tie_outs

Facts = dict[str, Any]


def figures(line: Line) -> Facts:
    """What the delivery block of a neighborhood and a quarter prints; refused where it had no project by then."""
    assert line.period is not None  # the engine asks for a quarter
    place = _place(line.subject_id)
    moved = queries.moved(place.id, line.period)
    with_money = {each.project_id for each in moved}
    cards = [card for card in projects.everything(Neighborhood.id == place.id) if card.id in with_money]
    if not cards:
        raise DomainError("no_projects", _("This neighborhood had no project by then."))
    cards.sort(key=lambda card: card.code)
    milestones = promises.milestones_by_project([card.id for card in cards], today(place.time_zone))
    return {
        "currency": place.currency,
        "first_on": line.period.first_on,
        "last_on": line.period.last_on,
        "spans": [_span(place.id, period, milestones) for period in _compared(line.period)],
        "projects": [_project(card) for card in cards],
        "milestones": _due(cards, milestones, line.period),
        "setbacks": setback_rows(place.slug, line.period),
        "months_open": _months_open(cards, line.period),
    }


def _place(neighborhood_id: int) -> NeighborhoodFacts:
    found = next((each for each in places.neighborhoods() if each.id == neighborhood_id), None)
    if found is None:
        raise NotFound
    return found


def _compared(period: Period) -> list[Period]:
    """The quarter, the one before, and the same one a year before."""
    before = period_before(ReportKind.DELIVERY, period)
    year_before = period_of(ReportKind.DELIVERY, period.first_on - timedelta(days=360))
    assert year_before is not None  # every day is of some quarter
    return [period, before, year_before]


def _span(neighborhood_id: int, period: Period, milestones: dict[int, list[MilestoneRow]]) -> Facts:
    moved = queries.moved(neighborhood_id, period)
    kept = on_time((each for rows in milestones.values() for each in rows), period)
    return {
        "first_on": period.first_on,
        "after": sums_of(moved),
        "within": sums_of(each for each in moved if each.is_within),
        "on_time": {**vars(kept), "percent": kept.percent},
        "asked": queries.asked(neighborhood_id, period),
    }


def _project(card: ProjectCard) -> Facts:
    return {
        "code": card.code,
        "title": card.title,
        "stage": card.stage,
        "status": card.verdict.status,
        "causes": [{"cause": cause, "number": number} for cause, number in card.verdict.causes],
        "promised_on": card.promised_on,
        "finish_on": card.finish_on,
        "task_force": card.task_force,
    }


def _due(cards: Sequence[ProjectCard], milestones: dict[int, list[MilestoneRow]], period: Period) -> list[Facts]:
    """The milestones promised for the quarter, by their days."""
    rows = [
        {
            "project": card.title,
            "title": row.title,
            "baseline_on": row.baseline_on,
            "forecast_on": row.forecast_on,
            "actual_on": row.actual_on,
            "timing": row.timing,
            "days_late": row.days_late,
        }
        for card in cards
        for row in milestones.get(card.id, [])
        if period.first_on <= row.baseline_on <= period.last_on
    ]
    return sorted(rows, key=lambda row: (row["baseline_on"], row["project"], row["title"]))


def _months_open(cards: Sequence[ProjectCard], period: Period) -> bool:
    """Whether some of the quarter's money is not held against the council's books, or not explained (rule 17)."""
    found = [tie_outs.reconciled(each, period.first_on, period.last_on) for each in {card.cycle_id for card in cards}]
    return not all(each.is_final for each in found)
