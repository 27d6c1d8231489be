"""The verbs of a discussion: write a comment or an answer, and change it within the first minutes."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import deadline_now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure_standing
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals.discussion import policies, words
from app.proposals.discussion.events import CommentEdited, CommentWritten
from app.proposals.discussion.models import Comment
from app.proposals.discussion.moderation import queries as moderation
from app.proposals.discussion.rules import Stance, why_fixed, why_no_answer
from app.proposals.models import Proposal
from app.proposals.rules import WhyShut, why_shut
from app.proposals.services import opened


@dataclass(frozen=True, kw_only=True)
class WriteComment:
    """What somebody says; a comment has a stance, an answer names the comment it answers instead."""

    text: str
    stance: Stance | None = None
    parent_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class EditComment:
    """The words as they should be; the stance of an answer is None."""

    text: str
    stance: Stance | None = None


def write(proposal_id: int, command: WriteComment, *, by: Actor) -> Comment:
    """Say something about a proposal, or answer a comment, while its discussion is open."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        _ensure_may_write(proposal, cycle, by)
        _ensure_open(proposal, cycle)
        if command.parent_id is not None:
            _ensure_takes_answers(command.parent_id, proposal_id)
        comment = Comment(
            proposal_id=proposal_id,
            parent_id=command.parent_id,
            author_id=by.id,
            stance=_stance(command.stance, is_answer=command.parent_id is not None),
            text=command.text,
            written_at=deadline_now(),
        )
        db.session.add(comment)
        db.session.flush()
        publish(
            CommentWritten(
                actor_id=by.id,
                comment_id=comment.id,
                parent_id=comment.parent_id,
                proposal_id=proposal_id,
                cycle_id=cycle.id,
                stance=comment.stance,
                text=comment.text,
            )
        )
    return comment


def edit(comment_id: int, command: EditComment, *, by: Actor) -> Comment:
    """Change one's own words within the first minutes; everybody sees that they were changed."""
    with transaction():
        proposal, cycle = opened(proposal_of(comment_id), by)
        comment = locked(Comment, comment_id)
        assert comment is not None
        ensure_standing(
            policies.may_change(by, author_id=comment.author_id), _("Only its author can change a comment.")
        )
        _ensure_not_fixed(comment, proposal, cycle)
        comment.text, comment.edited_at = command.text, deadline_now()
        comment.stance = _stance(command.stance, is_answer=comment.parent_id is not None)
        publish(
            CommentEdited(
                actor_id=by.id,
                comment_id=comment_id,
                proposal_id=proposal.id,
                cycle_id=cycle.id,
                stance=comment.stance,
                text=comment.text,
            )
        )
    return comment


def proposal_of(comment_id: int) -> int:
    """The proposal a comment is about; NotFound for an unknown one."""
    found = db.session.get(Comment, comment_id)
    if found is None:
        raise NotFound
    return found.proposal_id


def _stance(said: Stance | None, *, is_answer: bool) -> Stance | None:
    return None if is_answer else said or Stance.NEUTRAL


def _ensure_may_write(proposal: Proposal, cycle: CycleFacts, by: Actor) -> None:
    ensure_standing(
        policies.may_write(by, proposer_id=proposal.author_id, neighborhood_id=cycle.neighborhood_id),
        str(words.NO_STANDING),
    )


def _shut(proposal: Proposal, cycle: CycleFacts) -> WhyShut | None:
    return why_shut(is_sent=proposal.number is not None, stage=proposal.stage, cycle_stage=cycle.stage)


def _ensure_open(proposal: Proposal, cycle: CycleFacts) -> None:
    reason = _shut(proposal, cycle)
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_SHUT[reason]), field="text")


def _ensure_takes_answers(parent_id: int, proposal_id: int) -> None:
    parent = locked(Comment, parent_id)
    if parent is None or parent.proposal_id != proposal_id:
        raise NotFound
    reason = why_no_answer(is_answer=parent.parent_id is not None, is_hidden=parent.hidden_at is not None)
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NO_ANSWER[reason]), field="text")


def _ensure_not_fixed(comment: Comment, proposal: Proposal, cycle: CycleFacts) -> None:
    reason = why_fixed(
        written_at=comment.written_at,
        now=deadline_now(),
        is_shut=_shut(proposal, cycle) is not None,
        is_hidden=comment.hidden_at is not None,
        is_reported=moderation.is_waiting(comment.id),
    )
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_FIXED[reason]), field="text")
