"""The verb of an update: publish it."""

from dataclasses import dataclass

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.events import publish
from app.taskforces.projects import services as projects
from app.taskforces.projects.rules import Act
from app.taskforces.updates.events import UpdatePublished
from app.taskforces.updates.models import Update


@dataclass(frozen=True, kw_only=True)
class PublishUpdate:
    """The three questions every update answers."""

    what_changed: str
    why: str
    what_next: str


def publish_update(project_id: int, command: PublishUpdate, *, by: Actor) -> Update:
    """Tell everybody what changed, why, and what comes next."""
    with transaction():
        project = projects.led(project_id, Act.UPDATE, by)
        update = Update(
            project_id=project.id,
            person_id=by.id,
            what_changed=command.what_changed,
            why=command.why,
            what_next=command.what_next,
            published_at=now(),
        )
        db.session.add(update)
        db.session.flush()
        event = UpdatePublished(
            actor_id=by.id, project_id=project.id, update_id=update.id, what_changed=update.what_changed
        )
        publish(event)
    return update
