"""The table of milestones, line by line, some projects at a time."""

from collections.abc import Iterator
from typing import Any

from app.core.tables import neutral
from app.opendata.milestones.words import FIELDS
from app.opendata.projects.queries import planned
from app.opendata.rules import line
from app.taskforces.projects import queries as projects
from app.taskforces.projects.promises.queries import MilestoneRow
from app.taskforces.projects.queries import ProjectCard

AT_ONCE = 100


def milestones_csv() -> Iterator[str]:
    """Every milestone that was not dropped, by project and in its order there."""
    yield line(field.name for field in FIELDS)
    found = projects.everything()
    for start in range(0, len(found), AT_ONCE):
        cards = found[start : start + AT_ONCE]
        rows = planned(cards)
        for card in cards:
            for number, row in enumerate(rows.get(card.id, ()), 1):
                yield line(_cells(card, number, row))


def _cells(card: ProjectCard, number: int, row: MilestoneRow) -> tuple[Any, ...]:
    return (
        card.cycle_id,
        card.year,
        neutral(card.neighborhood),
        card.code,
        number,
        neutral(row.title),
        row.kind.value,
        neutral(row.lead or ""),
        neutral(row.done_means),
        row.baseline_on.isoformat(),
        row.forecast_on.isoformat(),
        row.actual_on.isoformat() if row.actual_on else "",
        row.timing.value,
        row.days_late,
    )
