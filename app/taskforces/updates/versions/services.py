"""The verb of a translation: say a public update in another language of the neighborhood."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.taskforces.projects.models import Project
from app.taskforces.updates.drafts import words
from app.taskforces.updates.drafts.queries import sitting
from app.taskforces.updates.drafts.rules import WhyNot
from app.taskforces.updates.models import Update
from app.taskforces.updates.versions.events import UpdateTranslated
from app.taskforces.updates.versions.models import UpdateVersion


@dataclass(frozen=True, kw_only=True)
class TranslateUpdate:
    """The three answers in `language`; `number` is the version they follow on, 0 where there was none."""

    language: str
    what_changed: str
    why: str
    what_next: str
    number: int = 0


def translate(update_id: int, command: TranslateUpdate, *, by: Actor) -> UpdateVersion:
    """Publish a translation; whoever sits in the task force may, since it says nothing that is not public already."""
    with transaction():
        update = db.session.get(Update, update_id)
        project = locked(Project, update.project_id) if update is not None else None
        if update is None or project is None:
            raise NotFound
        home = project.cycle.neighborhood
        allowed = by.id in sitting(project.task_force_id, today(home.time_zone))
        ensure_standing(allowed, str(words.REFUSALS[WhyNot.NOT_SEATED]))
        if command.language not in home.languages[1:]:
            raise NotFound
        changed = _("Somebody has translated it since you opened this page. Please compare, then save again.")
        ensure(command.number == _newest(update_id, command.language), "changed", changed, field="what_changed")
        version = UpdateVersion(
            update_id=update_id,
            language=command.language,
            number=command.number + 1,
            what_changed=command.what_changed,
            why=command.why,
            what_next=command.what_next,
            person_id=by.id,
            translated_at=now(),
        )
        db.session.add(version)
        db.session.flush()
        publish(
            UpdateTranslated(
                actor_id=by.id,
                project_id=project.id,
                update_id=update_id,
                language=version.language,
                number=version.number,
                what_changed=version.what_changed,
            )
        )
    return version


def _newest(update_id: int, language: str) -> int:
    query = sa.select(sa.func.max(UpdateVersion.number))
    return db.session.scalar(query.where(UpdateVersion.update_id == update_id, UpdateVersion.language == language)) or 0
