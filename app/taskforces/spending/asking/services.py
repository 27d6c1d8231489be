"""What all verbs of money share: who may ask or enter, which rows are held in which order, and the question itself.

The order is always (decision 33): task forces by id, agreement, projects by id, commitment, the cycle's account,
balances. So whoever asks holds the task force before anything of the project is touched.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import today
from app.core.db import db, locked
from app.core.errors import NotFound, ensure, ensure_standing
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code
from app.taskforces.seats import queries as seats
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.signing.services import Propose
from app.taskforces.spending import policies
from app.taskforces.spending.models import Commitment, SpendingDocument
from app.taskforces.spending.rules import commitment_code
from app.taskforces.spending.services import held_projects

Payload = Mapping[str, Any]


def asking(project_id: int, by: Actor, *, with_project_id: int | None = None) -> Project:
    """The project somebody may put money of before both sides, its task force held (and that of another project)."""
    project = project_of(project_id)
    there = [project] if with_project_id is None else [project, project_of(with_project_id)]
    on = today(project.cycle.neighborhood.time_zone)
    works = project.task_force_id is not None and seats.works_in(project.task_force_id, by.id, on)
    allowed = policies.may_propose(by, project.cycle.neighborhood_id, works=works)
    ensure_standing(allowed, _("Only members of this project’s task force and the clerk put money before both sides."))
    no_body = _("No task force answers for this project yet, so nobody can sign. The clerk names one first.")
    ensure(all(each.task_force_id is not None for each in there), "no_task_force", no_body)
    _hold_bodies([each.task_force_id for each in there])
    return project


def ask(
    kind: MatterKind, project: Project, answers: Payload, by: Actor, *, second_task_force_id: int | None = None
) -> int:
    """Put money of a project before both sides; returns the id of the agreement."""
    assert project.task_force_id is not None  # `asking` has looked
    crosses = second_task_force_id not in (None, project.task_force_id)
    command = Propose(
        kind=kind,
        task_force_id=project.task_force_id,
        project_id=project.id,
        answers=answers,
        second_task_force_id=second_task_force_id if crosses else None,
    )
    return signing.propose(command, by=by)


def entering(project_id: int, by: Actor) -> Project:
    """The project, held, into whose ledger this clerk writes."""
    project = held_projects([project_id])[project_id]
    allowed = policies.may_enter(by, project.cycle.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here can write into the ledger."))
    return project


def signed_project(signed: Signed) -> Project:
    """The project, held, whose money both sides have signed for."""
    assert signed.project_id is not None  # money is always a project's
    return held_projects([signed.project_id])[signed.project_id]


def project_of(project_id: int) -> Project:
    """A project as it stands; NotFound where there is none."""
    project = db.session.get(Project, project_id)
    if project is None:
        raise NotFound
    return project


def commitment_of(project_id: int | None, commitment_id: int) -> Commitment:
    """A commitment (of this project) as it stands; NotFound for any other."""
    row = db.session.get(Commitment, commitment_id)
    if row is None or project_id not in (None, row.project_id):
        raise NotFound
    return row


def held_commitment(commitment_id: int | None) -> Commitment:
    """A commitment, held; its project is held before."""
    row = locked(Commitment, commitment_id) if commitment_id is not None else None
    if row is None:
        raise NotFound
    return row


def document_of(project_id: int, document_id: int) -> Payload:
    """A project's document as both sides sign it: by id, by the hash of its file, by name."""
    row = db.session.get(SpendingDocument, document_id)
    if row is None or row.project_id != project_id:
        raise NotFound
    return {"document_id": row.id, "document": row.digest, "document_title": row.title}


def project_code(project: Project) -> str:
    """The public id of a project."""
    return code(project.cycle.year, project.number)


def code_of(row: Commitment) -> str:
    """The public id of a commitment."""
    return commitment_code(project_code(row.project), row.number)


def here(project: Project) -> date:
    """Today, where the project is."""
    return today(project.cycle.neighborhood.time_zone)


def _hold_bodies(task_force_ids: Collection[int | None]) -> None:
    for body_id in sorted({each for each in task_force_ids if each is not None}):
        locked(TaskForce, body_id)
