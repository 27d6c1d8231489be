"""What can have happened in a discussion."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.proposals.discussion.rules import Stance


@dataclass(frozen=True, kw_only=True)
class CommentWritten(Event):
    """Somebody commented on a proposal, or answered a comment (`parent_id`)."""

    comment_id: int
    parent_id: int | None
    proposal_id: int
    cycle_id: int
    stance: Stance | None
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class CommentEdited(Event):
    """Its author changed a comment within the first minutes."""

    comment_id: int
    proposal_id: int
    cycle_id: int
    stance: Stance | None
    text: str = free_text()
