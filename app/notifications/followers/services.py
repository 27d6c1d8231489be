"""Telling a crowd: what sets it off leaves a job with its change, and the job finds who hears of it.

Whoever writes waits for nobody to be found. The job and the messages it leaves are one transaction, so a killed worker
leaves all of them again or none.
"""

from collections.abc import Callable, Mapping
from typing import Any

from app.core.db import db
from app.core.jobs import Lease, enqueue
from app.notifications.choices import queries as choices
from app.notifications.drafts import queries as drafts
from app.notifications.followers import queries
from app.notifications.followers.models import FollowersTold
from app.notifications.meetings import queries as meetings
from app.notifications.rules import MailKind
from app.notifications.services import leave_in_turn
from app.notifications.works import queries as works

JOB = "notifications.tell_crowd"
CROWDS: Mapping[MailKind, Callable[[Mapping[str, Any]], set[int]]] = {
    MailKind.DRAFT_OPEN: drafts.crowd,
    MailKind.MEETING_FOLLOWED: meetings.crowd,
    MailKind.WORKS_ASKED: works.crowd,
}
"""Who hears of something, from the facts of its mail."""


def tell_crowd(kind: MailKind, **facts: int | str) -> None:
    """Leave it to the worker to find who hears of something; joins the transaction of what it is about."""
    enqueue(JOB, mail=kind.value, **facts)


def tell_once(kind: MailKind, *, project_id: int | None = None, window_id: int | None = None, **facts: int) -> None:
    """The same of a day, with the mark that it is told; nothing where it was. The caller holds what it is about."""
    if queries.is_told(project_id=project_id, window_id=window_id):
        return
    db.session.add(FollowersTold(project_id=project_id, window_id=window_id))
    db.session.flush()
    about = {"project_id": project_id} if project_id else {"window_id": window_id or 0}
    tell_crowd(kind, **about, **facts)


def tell(lease: Lease) -> None:
    """The job: a message to each of those who hear of something and want mail of its kind."""
    facts = {name: value for name, value in lease.arguments.items() if name not in ("mail", "after")}
    kind = MailKind(lease.arguments["mail"])
    with lease.finishing():
        people = choices.wanting(CROWDS[kind](facts), kind)
        leave_in_turn(JOB, lease.arguments, kind, dict.fromkeys(people, facts))
