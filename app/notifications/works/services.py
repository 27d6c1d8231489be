"""Telling, by the neighborhood's clock, that residents are asked whether a project works.

The mark and the job are one transaction. The mark publishes no event, as that of a deadline does not: nobody has done
anything.
"""

from datetime import date

from app.core.db import db, locked, transaction
from app.notifications.followers.services import tell_once
from app.notifications.rules import MailKind
from app.notifications.works import queries
from app.taskforces.projects.models import Project


def tell(neighborhood_id: int, on: date) -> None:
    """Tell once of each project about which residents can answer by this day."""
    for project_id in queries.untold(neighborhood_id, on):
        with transaction():
            locked(Project, project_id)
            tell_once(MailKind.WORKS_ASKED, project_id=project_id)
    db.session.rollback()
