"""Telling of an end before it comes, once, by the worker's clock.

The mark and the mails are one transaction, so a killed worker tells all of it again or none. The marks publish no
event, as mail does not: nobody has done anything.
"""

from datetime import datetime

from app.core.clock import deadline_now
from app.core.db import db, locked, transaction
from app.cycles.models import Cycle
from app.notifications import services as outbox
from app.notifications.deadlines import queries
from app.notifications.deadlines.models import DeadlineNotice
from app.notifications.deadlines.queries import Ending
from app.notifications.deadlines.rules import LISTED
from app.notifications.rules import MailKind


def tell_what_is_near() -> None:
    """Tell everybody concerned of each end that comes within three days; the worker calls this every ten minutes."""
    for ending in queries.near(deadline_now()):
        _tell(ending)
    db.session.rollback()


def _tell(ending: Ending) -> None:
    with transaction():
        locked(Cycle, ending.cycle_id)
        if queries.is_told(ending):
            return
        about = {"review_id": ending.review_id} if ending.review_id else {"cycle_id": ending.cycle_id}
        db.session.add(DeadlineNotice(kind=ending.kind, ends_at=ending.ends_at, **about))
        db.session.flush()
        said = {"deadline": ending.kind.value, "cycle_id": ending.cycle_id, "ends_at": _iso(ending.ends_at)}
        told = {
            person_id: {**said, "proposal_ids": ids[:LISTED]} for person_id, ids in queries.concerned(ending).items()
        }
        outbox.leave_all(MailKind.DEADLINE_COMING, told)


def _iso(moment: datetime) -> str:
    return moment.isoformat()
