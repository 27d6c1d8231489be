"""Everything that stands around a task force on its page, read from the rooms that know it."""

from datetime import date
from typing import Any

from app.core.access import Actor
from app.core.panels import Thing, beside
from app.taskforces import policies, queries
from app.taskforces.interests import queries as interests
from app.taskforces.meetings import queries as meetings
from app.taskforces.oversight import queries as oversight
from app.taskforces.projects import queries as projects
from app.taskforces.queries import TaskForceFacts
from app.taskforces.questions.lists import queries as questions
from app.taskforces.rules import BodyStage
from app.taskforces.seats import queries as seats
from app.taskforces.seats.offers import queries as offers
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.signing import queries as signing


def everything(body: TaskForceFacts, viewer: Actor | None, on: date) -> dict[str, Any]:
    """What taskforces/show.html needs beside the task force itself, as it stands on a day where it is."""
    return {"today": on, **_seated(body, viewer, on), **_works(body), **_around(body)}


def _seated(body: TaskForceFacts, viewer: Actor | None, on: date) -> dict[str, Any]:
    held = seats.seats(body.id, constituted_on=body.constituted_on, on=on)
    may_fill = policies.may_fill_seats(viewer, body.neighborhood_id)
    return {
        "seats": held,
        "signers": seats.signers([body.id], on),
        "interests": interests.interests([seat.person_id for seat in held.held]),
        "offers": offers.waiting_in(body.id) if may_fill else [],
        "may_fill": may_fill and body.stage is not BodyStage.DISSOLVED,
        "me": viewer.id if viewer else None,
    }


def _works(body: TaskForceFacts) -> dict[str, Any]:
    return {
        "projects": projects.of_task_forces(body.id),
        "waiting": projects.without_task_force(body.neighborhood_id) if body.takes_projects else [],
        "successor": queries.task_force_of(body.successor_id) if body.successor_id else None,
    }


def _around(body: TaskForceFacts) -> dict[str, Any]:
    return {
        "questions": questions.of_task_force(body.id),
        "meetings": meetings.around(body.id),
        "statements": oversight.about_task_force(body.id),
        "agreements": signing.beside_task_force(body.id),
        "setbacks": setbacks.of_task_force(body.id),
        "panels": beside(Thing(kind="task_force", id=body.id, neighborhood_id=body.neighborhood_id, slug=body.slug)),
    }
