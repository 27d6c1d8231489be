"""Reading updates in other languages."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db
from app.taskforces.updates.models import Update
from app.taskforces.updates.versions.models import UpdateVersion


@dataclass(frozen=True, kw_only=True)
class VersionFacts:
    """An update in another language; `number` counts how often it was said anew."""

    language: str
    number: int
    what_changed: str
    why: str
    what_next: str


def of_project(project_id: int) -> Mapping[int, Mapping[str, VersionFacts]]:
    """The newest versions of the updates of a project, by update and language, in one statement."""
    query = sa.select(UpdateVersion).join(Update, Update.id == UpdateVersion.update_id)
    rows = db.session.scalars(query.where(Update.project_id == project_id).order_by(UpdateVersion.number))
    found: dict[int, dict[str, VersionFacts]] = {}
    for row in rows:
        found.setdefault(row.update_id, {})[row.language] = VersionFacts(
            language=row.language,
            number=row.number,
            what_changed=row.what_changed,
            why=row.why,
            what_next=row.what_next,
        )
    return found
