"""The verb of an update: a co-chair publishes it."""

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
        return put_out(project.id, command, person_id=by.id, actor_id=by.id)


def put_out(
    project_id: int,
    command: PublishUpdate,
    *,
    person_id: int,
    actor_id: int | None,
    draft_id: int | None = None,
    rule: int | None = None,
) -> Update:
    """Make words public; the caller has checked who may, inside its transaction. `rule`: by which the clock did it."""
    update = Update(
        project_id=project_id,
        person_id=person_id,
        what_changed=command.what_changed,
        why=command.why,
        what_next=command.what_next,
        published_at=now(),
    )
    db.session.add(update)
    db.session.flush()
    publish(
        UpdatePublished(
            actor_id=actor_id,
            project_id=project_id,
            update_id=update.id,
            draft_id=draft_id,
            rule=rule,
            what_changed=update.what_changed,
        )
    )
    return update
