"""Saying what a project is now expected to cost (domain rule 16)."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import ensure, ensure_standing
from app.core.events import publish
from app.taskforces.projects.rules import LEAST_WORDS
from app.taskforces.seats import queries as seats
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.asking.services import here
from app.taskforces.spending.events import CostForecastSaid
from app.taskforces.spending.models import CostForecast
from app.taskforces.spending.rules import may_commit
from app.taskforces.spending.services import held_projects


@dataclass(frozen=True, kw_only=True)
class SayCost:
    """What it is expected to cost in all, and why."""

    expected_cents: int
    explanation: str


def say_cost(project_id: int, command: SayCost, *, by: Actor) -> int:
    """Say what a project is expected to cost; more than it has calls for a setback before more is promised."""
    with transaction():
        project = held_projects([project_id])[project_id]
        leads = by.id in seats.co_chair_ids(project.task_force_id, here(project))
        ensure_standing(leads, _("Only the co-chairs of its task force say what a project is expected to cost."))
        over = _("This is said from the day the plan stands until the project is completed.")
        ensure(may_commit(project.stage), "not_running", over)
        short = _("Please say a little more: at least %(n)s characters.", n=LEAST_WORDS)
        ensure(len(command.explanation.strip()) >= LEAST_WORDS, "too_short", short, field="explanation")
        row = CostForecast(project_id=project_id, person_id=by.id, said_at=now(), **vars(command))
        db.session.add(row)
        db.session.flush()
        more = command.expected_cents - ledger.balance_of(project_id).allocated_cents
        event = CostForecastSaid(actor_id=by.id, project_id=project_id, over_cents=max(0, more), **vars(command))
        publish(event)
    return row.id
