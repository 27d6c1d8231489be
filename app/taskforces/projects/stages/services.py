"""The plain step of a co-chair from one stage to the next, and the check that every other step makes first."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import LEAST_WORDS, ProjectStage
from app.taskforces.projects.services import ensure_step, led
from app.taskforces.projects.stages.events import ProjectMoved
from app.taskforces.projects.stages.queries import facts_of
from app.taskforces.projects.stages.rules import ON_ANOTHER_PAGE, Hand, WhyNot, step


def move(project_id: int, to: ProjectStage, *, by: Actor, reason: str = "") -> Project:
    """Take the next plain step; without procurement it needs its reason, which stays on the project's page."""
    with transaction():
        project = led(project_id, None, by)
        ensure(to not in ON_ANOTHER_PAGE, "not_this_way", _("This step is taken on another page."))
        ensure_can(project, to, {Hand.CHAIR}, reason=reason)
        said = reason.strip() if needs_reason(project.stage, to) else None
        was, project.stage = project.stage, to
        project.without_procurement = said or project.without_procurement
        publish(ProjectMoved(actor_id=by.id, project_id=project.id, was=was, stage=to, reason=said))
    return project


def ensure_can(project: Project, to: ProjectStage, hands: Collection[Hand], **said: Any) -> None:
    """Refuse a step that cannot be taken now; `said` are facts that come with it (its reason, its days)."""
    ensure_step(replace(facts_of(project), **said), to, hands)


def ensure_offered(project_id: int, to: ProjectStage) -> bool:
    """Refuse a step that cannot be taken now, before anything is asked; whether it will need its reason."""
    project = db.session.get(Project, project_id)
    if project is None:
        raise NotFound
    ensure(to not in ON_ANOTHER_PAGE, "not_this_way", _("This step is taken on another page."))
    ensure_can(project, to, {Hand.CHAIR}, reason="-" * LEAST_WORDS)
    return needs_reason(project.stage, to)


def needs_reason(stage: ProjectStage, to: ProjectStage) -> bool:
    """Whether a step needs words that everybody will read."""
    found = step(stage, to)
    return found is not None and WhyNot.NO_REASON in found.needs


def named(stage: str) -> ProjectStage:
    """The stage of that name; NotFound where there is none."""
    if stage not in list(ProjectStage):
        raise NotFound
    return ProjectStage(stage)


def body_of(project_id: int) -> int:
    """The task force that signs for a project; refused while it has none."""
    project = db.session.get(Project, project_id)
    if project is None:
        raise NotFound
    if project.task_force_id is None:
        raise DomainError(WhyNot.NO_TASK_FORCE.value, _("First a clerk gives the project to a task force: it signs."))
    return project.task_force_id
