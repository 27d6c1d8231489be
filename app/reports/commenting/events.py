"""What can have happened to a draft that lies open, and to what was said about it."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class CommentTermSet(Event):
    """A clerk set for how many days drafts about a cycle lie open; None: they do not."""

    cycle_id: int
    days: int | None


@dataclass(frozen=True, kw_only=True)
class DraftOpened(Event):
    """A clerk laid the draft of a report open for comments."""

    window_id: int
    line: str
    data_hash: str
    closes_on: date


@dataclass(frozen=True, kw_only=True)
class DraftCommented(Event):
    """A resident said something about a draft."""

    window_id: int
    comment_id: int
    number: int
    on_paper: bool
    words: str = free_text()


@dataclass(frozen=True, kw_only=True)
class DraftCommentRead(Event):
    """Somebody read a comment first: it is shown, or not."""

    window_id: int
    comment_id: int
    verdict: str
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class DraftCommentAnswered(Event):
    """Somebody said what came of a comment."""

    window_id: int
    comment_id: int
    is_changed: bool
    response: str = free_text()
