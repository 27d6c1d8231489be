"""Telling that a draft lies open, once more before its last day, and what came of what was said."""

from datetime import date

from app.core.db import db, locked, transaction
from app.notifications.drafts import queries
from app.notifications.followers.services import tell_crowd, tell_once
from app.notifications.rules import MailKind
from app.notifications.services import leave_all
from app.reports.commenting.events import DraftOpened
from app.reports.commenting.models import CommentWindow
from app.reports.commenting.rules import KINDS
from app.reports.events import EditionPublished


def tell_opened(event: DraftOpened) -> None:
    """To those who follow what the report tells of: it lies open, and until when."""
    tell_crowd(MailKind.DRAFT_OPEN, window_id=event.window_id, again=0)


def remind(neighborhood_id: int, on: date) -> None:
    """Two days before the last one, to those among them who have said nothing: nobody is told more than twice.

    Publishes no event, as deadlines do not: nobody has done anything."""
    for window_id in queries.nearly_over(neighborhood_id, on):
        with transaction():
            locked(CommentWindow, window_id)
            tell_once(MailKind.DRAFT_OPEN, window_id=window_id, again=1)
    db.session.rollback()


def tell_answered(event: EditionPublished) -> None:
    """To whoever commented on its draft: what came of it. A correction of what is out tells nobody again."""
    if event.kind in KINDS and event.number == 1:
        found = queries.comments_of(event.line)
        told = {person_id: facts | {"edition_id": event.edition_id} for person_id, facts in found.items()}
        leave_all(MailKind.DRAFT_ANSWERED, told)
