"""Reading milestones as rows of a table and as days of a calendar; those that were dropped are told as cancelled."""

from collections.abc import Mapping
from datetime import date

from app.core.calendars import WholeDay
from app.taskforces.projects.baselines import queries as baselines
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.queries import ProjectCard


def table(project: ProjectCard, on: date) -> list[Mapping[str, str]]:
    """One row for each milestone, as it stands on a day; it needs other rows by their numbers."""
    rows = promises.milestones(project.id, on)
    numbers = {row.id: str(number) for number, row in enumerate(rows, start=1)}
    return [
        {
            "number": numbers[row.id],
            "title": row.title,
            "kind": row.kind.value,
            "lead": row.lead or "",
            "done_means": row.done_means,
            "depends_on": ";".join(numbers[each] for each in row.needs if each in numbers),
            "promised_on": row.baseline_on.isoformat(),
            "expected_on": row.forecast_on.isoformat(),
            "done_on": row.actual_on.isoformat() if row.actual_on else "",
            "stage": row.stage.value,
        }
        for row in rows
    ]


def days(project: ProjectCard, *, url: str, host: str) -> list[WholeDay]:
    """One day for each milestone: when it was done, or when it is expected. A later forecast has a higher sequence."""
    changes = promises.forecast_changes(project.id)
    promised = [row.agreed_at for row in baselines.baselines(project.id)]
    found = []
    for row in promises.rows_of(project.id):
        moved = [each.changed_at for each in changes if each.milestone_id == row.id]
        done = [row.actual_on] if row.actual_on else []
        found.append(
            WholeDay(
                uid=f"{project.code}-M{row.position}@{host}",
                sequence=len(moved) + len(promised) + len(done),
                changed_at=max([project.opened_at, *promised, *moved]),
                on=row.actual_on or row.forecast_on,
                summary=f"{row.title} ({project.title})",
                description=row.done_means,
                url=url,
                is_cancelled=row.dropped_in_id is not None,
            )
        )
    return found
