"""Everything a progress report prints, read once: projects, money, setbacks, people and promises."""

from collections import Counter
from typing import Any

from flask_babel import gettext as _

from app.core.clock import today
from app.core.errors import DomainError
from app.reports.progress.money import queries as money
from app.reports.progress.people import queries as people
from app.reports.progress.promises import queries as promises
from app.reports.progress.promises.rules import next_quarter
from app.reports.progress.works import queries as works
from app.reports.progress.works.queries import ProjectLine
from app.reports.queries import subject_of
from app.reports.rules import Line
from app.taskforces import queries as bodies
from app.taskforces.projects import queries as projects
from app.taskforces.projects.promises.rules import Timing
from app.taskforces.projects.rules import DEFAULTS, Status

FORMAT = "lamplight-report/progress/1"


def figures(line: Line) -> dict[str, Any]:
    """The figures of a task force's quarter as it stands today; refused before the quarter has begun."""
    body, period = bodies.task_force_of(line.subject_id), line.period
    assert period is not None  # a progress report tells of a quarter
    on = today(body.time_zone)
    if on < period.first_on:
        raise DomainError("not_begun", _("This quarter has not begun yet."))
    cards = sorted(projects.of_task_forces(body.id), key=lambda card: card.code)
    told = works.projects(cards, period, on)
    setbacks = works.told_setbacks(body.id, [card.id for card in cards], period, on)
    meetings, came = people.held(body, period, on)
    books = money.money(cards, period, on)
    quarter = promises.quarter(body.id, period)
    return {
        "format": FORMAT,
        "body": {"id": body.id, "slug": body.slug, "name": body.name, "charter": body.charter},
        "chairs": people.chairs(body, on),
        "first_on": period.first_on,
        "last_on": period.last_on,
        "next_first_on": next_quarter(period).first_on,
        "as_at_on": on,
        "currency": subject_of(line).currency,
        "thresholds": DEFAULTS,
        "counts": _counts(told),
        "projects": told,
        "money": books,
        "is_reconciled": books.is_final,
        "setbacks": setbacks,
        "late": _late(told),
        "questions": people.questions(body.id, period, on),
        "meetings": meetings,
        "came": came,
        "vacancies": people.vacancies(body, on),
        "interests": people.declared(body, period, on),
        "asked_of_council": people.asked_of_council(body, period),
        "promised": quarter.told,
        "following": quarter.following,
    }


def _counts(told: list[ProjectLine]) -> dict[str, int]:
    """How many projects there are of each status, and how many of them have fallen silent."""
    found = Counter(row.status for row in told)
    return {status.value: found[status] for status in Status} | {"quiet": sum(row.is_quiet for row in told)}


def _late(told: list[ProjectLine]) -> dict[str, int]:
    """How many milestones are late, how many of them nobody has explained, and how many of those decide the end."""
    late = [row for project in told for row in project.milestones if row.timing is Timing.LATE]
    bare = [row for row in late if not row.is_explained]
    return {"all": len(late), "unexplained": len(bare), "critical": sum(row.is_critical for row in bare)}
