"""Two verbs: publish a statement, and reply to its recommendation once."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.places.models import Neighborhood
from app.places.workdays.queries import working_day_after
from app.taskforces.models import TaskForce
from app.taskforces.oversight import policies
from app.taskforces.oversight.events import RecommendationReplied, StatementPublished
from app.taskforces.oversight.models import OversightReply, OversightStatement
from app.taskforces.oversight.rules import REPLY_DAYS, About
from app.taskforces.projects.models import Project
from app.taskforces.seats import queries as seats


@dataclass(frozen=True, kw_only=True)
class State:
    """What was found, what is recommended (empty: nothing), and where the whole report stands (empty: nowhere)."""

    title: str
    text: str
    recommendation: str
    address: str


def state(neighborhood_id: int, about: About, command: State, *, by: Actor) -> OversightStatement:
    """Publish a statement at once; a recommendation is to be replied to within twenty working days."""
    allowed = policies.may_state(by, neighborhood_id)
    ensure_standing(allowed, _("Only overseers of this neighborhood publish statements."))
    with transaction():
        where = db.session.get(Neighborhood, neighborhood_id)
        if where is None or not _is_there(about, neighborhood_id):
            raise NotFound
        due_on = None
        if command.recommendation:
            due_on = working_day_after(where.id, today(where.time_zone), REPLY_DAYS)
        row = OversightStatement(
            neighborhood_id=where.id,
            project_id=about.project_id,
            task_force_id=about.task_force_id,
            title=command.title,
            text=command.text,
            recommendation=command.recommendation or None,
            address=command.address or None,
            reply_due_on=due_on,
            person_id=by.id,
            published_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            StatementPublished(
                actor_id=by.id,
                statement_id=row.id,
                neighborhood_id=where.id,
                project_id=row.project_id,
                task_force_id=row.task_force_id,
                reply_due_on=due_on,
                title=row.title,
            )
        )
    return row


def reply(statement_id: int, text: str, *, by: Actor) -> int:
    """Reply to a recommendation, once and for good; returns the id of the statement."""
    with transaction():
        row = locked(OversightStatement, statement_id)
        if row is None:
            raise NotFound
        chairs = seats.co_chair_ids(_body_of(row), today(row.neighborhood.time_zone))
        allowed = policies.may_reply(by, row.neighborhood_id, chairs)
        ensure_standing(allowed, _("Only the co-chairs concerned and the clerk reply to a recommendation."))
        ensure(row.recommendation is not None, "nothing_to_reply", _("This statement recommends nothing."))
        there = db.session.get(OversightReply, statement_id)
        ensure(there is None, "replied", _("This recommendation has its reply already."), field="text")
        db.session.add(OversightReply(statement_id=row.id, text=text, person_id=by.id, replied_at=now()))
        publish(RecommendationReplied(actor_id=by.id, statement_id=row.id, neighborhood_id=row.neighborhood_id))
    return statement_id


def _is_there(about: About, neighborhood_id: int) -> bool:
    if about.project_id is not None:
        project = db.session.get(Project, about.project_id)
        return project is not None and project.cycle.neighborhood_id == neighborhood_id
    if about.task_force_id is not None:
        body = db.session.get(TaskForce, about.task_force_id)
        return body is not None and body.neighborhood_id == neighborhood_id
    return True


def _body_of(row: OversightStatement) -> int | None:
    return row.project.task_force_id if row.project is not None else row.task_force_id
