"""What can have happened to a reported comment."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.proposals.discussion.moderation.rules import Concern


@dataclass(frozen=True, kw_only=True)
class CommentReported(Event):
    """Somebody asked the office to look at a comment."""

    comment_id: int
    proposal_id: int
    report_id: int
    concern: Concern
    note: str = free_text()


@dataclass(frozen=True, kw_only=True)
class CommentHidden(Event):
    """The office hid a comment; its text is kept, and the reason is public."""

    comment_id: int
    proposal_id: int
    report_ids: tuple[int, ...]
    reason: str = free_text()
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class CommentLeft(Event):
    """The office looked at a reported comment and let it stand."""

    comment_id: int
    proposal_id: int
    report_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CommentShownAgain(Event):
    """The office shows a comment again that it had hidden; both reasons stay in the open."""

    comment_id: int
    proposal_id: int
    hiding_id: int
    reason: str = free_text()
