"""Reading a discussion: page by page, one comment with its answers, and hidden words only for those who watch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, page_of
from app.proposals import queries as proposals
from app.proposals.discussion import policies
from app.proposals.discussion.models import Comment
from app.proposals.discussion.moderation.policies import may_judge
from app.proposals.discussion.rules import EDIT_WINDOW, Stance
from app.proposals.hiding.queries import Trace, traces
from app.proposals.hiding.rules import Part
from app.proposals.queries import ProposalDetail
from app.proposals.rules import WhyShut

PAGE_SIZE = 20
ANSWERS_SHOWN = 5
"""How many answers stand below a comment in the discussion; the rest are on the comment's own page."""


@dataclass(frozen=True, kw_only=True)
class Hiding:
    """The trace of a hidden comment: who hid it, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class CommentRow:
    """A comment or an answer as a page shows it; `text` is None where it is hidden from its reader."""

    id: int
    parent_id: int | None
    author_id: int
    author: str
    is_proposer: bool
    stance: Stance | None
    text: str | None
    written_at: datetime
    edited_at: datetime | None
    hiding: Hiding | None
    is_own: bool
    may_be_changed: bool
    answers: tuple["CommentRow", ...] = ()
    answers_total: int = 0


@dataclass(frozen=True, kw_only=True)
class Discussion:
    """What is said about a proposal, and whether its viewer may take part; `stances` counts comments, not answers."""

    page: Page[CommentRow]
    stances: Mapping[Stance, int]
    shut: WhyShut | None
    may_write: bool

    @property
    def hidden(self) -> int:
        """How many of the comments are hidden, whose stance does not count."""
        return self.page.total - sum(self.stances.values())


@dataclass(frozen=True, kw_only=True)
class CommentPage:
    """One comment with the proposal it belongs to and a page of its answers."""

    comment: CommentRow
    proposal: ProposalDetail
    answers: Page[CommentRow]
    shut: WhyShut | None
    may_write: bool
    shown_again: tuple[Trace, ...]
    """Each time it was hidden and shown again, with both reasons."""
    may_judge: bool
    """Whether its viewer may show it again where it is hidden."""


@dataclass(frozen=True)
class _Eyes:
    """Who reads, of whose proposal, and when."""

    viewer_id: int
    proposer_id: int
    oversees: bool
    is_shut: bool
    now: datetime

    def row(self, comment: Comment, author: str, hider: str | None) -> CommentRow:
        is_own = comment.author_id == self.viewer_id
        hiding = None
        if comment.hidden_at is not None:
            hiding = Hiding(by=hider or "", at=comment.hidden_at, reason=comment.hidden_reason or "")
        in_time = self.now < comment.written_at + EDIT_WINDOW
        return CommentRow(
            id=comment.id,
            parent_id=comment.parent_id,
            author_id=comment.author_id,
            author=author,
            is_proposer=comment.author_id == self.proposer_id,
            stance=comment.stance,
            text=comment.text if hiding is None or self.oversees else None,
            written_at=comment.written_at,
            edited_at=comment.edited_at,
            hiding=hiding,
            is_own=is_own,
            may_be_changed=is_own and in_time and hiding is None and not self.is_shut,
        )


def of_proposal(proposal: ProposalDetail, viewer: Actor | None, *, page: int = 1, size: int = PAGE_SIZE) -> Discussion:
    """A page of a proposal's discussion, oldest first, each comment with its first answers."""
    eyes = _eyes(proposal, viewer)
    query = _comments().where(Comment.proposal_id == proposal.id, Comment.parent_id.is_(None)).order_by(Comment.id)
    found = page_of(query, number=page, size=size, row=eyes.row)
    return Discussion(
        page=replace(found, items=_with_answers(found.items, eyes)),
        stances=_stances(proposal.id) if found.total else {},
        shut=proposal.shut,
        may_write=_may_write(proposal, viewer),
    )


def one(comment_id: int, viewer: Actor | None, *, page: int = 1, size: int = PAGE_SIZE) -> CommentPage:
    """A comment, its proposal and a page of its answers; NotFound for an unknown one."""
    proposal_id = db.session.scalar(sa.select(Comment.proposal_id).where(Comment.id == comment_id))
    if proposal_id is None:
        raise NotFound
    proposal = proposals.detail(proposal_id, viewer)
    eyes = _eyes(proposal, viewer)
    if proposal.is_gone and not eyes.oversees:
        raise NotFound
    found = db.session.execute(_comments().where(Comment.id == comment_id)).one()
    query = _comments().where(Comment.parent_id == comment_id).order_by(Comment.id)
    return CommentPage(
        comment=eyes.row(*found),
        proposal=proposal,
        answers=page_of(query, number=page, size=size, row=eyes.row),
        shut=proposal.shut,
        may_write=_may_write(proposal, viewer),
        shown_again=tuple(each for each in traces(proposal.id, Part.COMMENT) if each.part_id == comment_id),
        may_judge=viewer is not None
        and may_judge(
            viewer,
            author_id=found.Comment.author_id,
            writers=proposal.writers,
            neighborhood_id=proposal.neighborhood_id,
        ),
    )


def _eyes(proposal: ProposalDetail, viewer: Actor | None) -> _Eyes:
    return _Eyes(
        viewer_id=viewer.id if viewer is not None else 0,
        proposer_id=proposal.author_id,
        oversees=policies.may_oversee(viewer, proposal.neighborhood_id),
        is_shut=proposal.shut is not None,
        now=now(),
    )


def _may_write(proposal: ProposalDetail, viewer: Actor | None) -> bool:
    return viewer is not None and policies.may_write(
        viewer, proposer_id=proposal.author_id, neighborhood_id=proposal.neighborhood_id
    )


def _comments(*more: Any) -> sa.Select[*tuple[Any, ...]]:
    hider = aliased(Person)
    return (
        sa.select(Comment, Person.public_name, hider.public_name, *more)
        .join(Person, Person.id == Comment.author_id)
        .outerjoin(hider, hider.id == Comment.hidden_by_id)
    )


def _with_answers(comments: Sequence[CommentRow], eyes: _Eyes) -> list[CommentRow]:
    """Each comment with its first answers and how many there are, in one statement for all of them."""
    if not comments:
        return []
    beside = sa.over(sa.func.row_number(), partition_by=Comment.parent_id, order_by=Comment.id).label("position")
    total = sa.over(sa.func.count(), partition_by=Comment.parent_id).label("total")
    numbered = sa.select(Comment.id, beside, total).where(Comment.parent_id.in_([c.id for c in comments])).subquery()
    query = _comments(numbered.c.total).join(numbered, numbered.c.id == Comment.id)
    query = query.where(numbered.c.position <= ANSWERS_SHOWN).order_by(Comment.id)
    below: dict[int | None, list[CommentRow]] = {}
    totals: dict[int | None, int] = {}
    for comment, author, hider, count in db.session.execute(query):
        below.setdefault(comment.parent_id, []).append(eyes.row(comment, author, hider))
        totals[comment.parent_id] = count
    return [replace(c, answers=tuple(below.get(c.id, ())), answers_total=totals.get(c.id, 0)) for c in comments]


def _stances(proposal_id: int) -> dict[Stance, int]:
    """How many comments there are of each stance; those that are hidden do not count."""
    query = sa.select(Comment.stance, sa.func.count()).group_by(Comment.stance)
    query = query.where(Comment.proposal_id == proposal_id, Comment.stance.is_not(None), Comment.hidden_at.is_(None))
    found = {stance: count for stance, count in db.session.execute(query)}
    return {stance: found[stance] for stance in Stance if stance in found}
