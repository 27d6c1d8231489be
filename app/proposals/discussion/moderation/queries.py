"""Reading reports: what waits for the office, one comment to judge, and what is hidden."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.db import db
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.proposals.discussion.models import Comment
from app.proposals.discussion.moderation.models import CommentReport
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.hiding.models import PartReport
from app.proposals.hiding.rules import Part
from app.proposals.models import Proposal
from app.proposals.names.models import WithheldWords

PAGE_SIZE = 20
Query = TypeVar("Query", bound=sa.Select[Any])


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A reported comment that waits for the office; who reported it is not told."""

    comment_id: int
    text: str
    author_id: int
    author: str
    proposal_id: int
    proposal: str
    proposer_id: int
    neighborhood: str
    reports: int
    waiting_since: datetime


@dataclass(frozen=True, kw_only=True)
class WaitingRow:
    """Anything that waits for the office; `text` and `author_id` are those of a comment."""

    part: str
    """A `hiding.rules.Part`, or "words" for words that are kept back, of which `part_id` is the first."""
    part_id: int
    proposal_id: int
    reports: int
    waiting_since: datetime
    proposal: str
    proposer_id: int
    neighborhood: str
    text: str | None
    author_id: int | None


@dataclass(frozen=True, kw_only=True)
class HiddenRow:
    """A hidden comment as those who watch over the office read it."""

    comment_id: int
    text: str
    author: str
    proposal_id: int
    proposal: str
    hidden_at: datetime
    hidden_by: str
    reason: str
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """What somebody found wrong with a comment."""

    concern: Concern
    note: str
    reported_at: datetime


def queue(neighborhood_ids: Collection[int] | None, *, page: int = 1) -> Page[QueueRow]:
    """Reported comments of these neighborhoods (None: of all), the longest waiting first."""
    waiting = _waiting()
    query = (
        sa.select(
            Comment.id,
            Comment.text,
            Comment.author_id,
            Person.public_name,
            Proposal.id,
            Proposal.title,
            Proposal.author_id,
            Neighborhood.name,
            waiting.c.reports,
            waiting.c.since,
        )
        .join(waiting, waiting.c.comment_id == Comment.id)
        .join(Person, Person.id == Comment.author_id)
        .order_by(waiting.c.since, Comment.id)
    )
    names = (
        "comment_id text author_id author proposal_id proposal proposer_id neighborhood reports waiting_since".split()
    )
    return page_of(
        _in(query, neighborhood_ids),
        number=page,
        size=PAGE_SIZE,
        row=lambda *found: QueueRow(**dict(zip(names, found, strict=True))),
    )


def everything(neighborhood_ids: Collection[int] | None, *, page: int = 1) -> Page[WaitingRow]:
    """All that waits for the office of these neighborhoods (None: of all), the longest waiting first: reported
    comments, reported proposals with their files and older texts, and words that may be about somebody else."""
    waiting = _everything()
    query = (
        sa.select(waiting, Proposal.title, Proposal.author_id, Neighborhood.name, Comment.text, Comment.author_id)
        .join(Proposal, Proposal.id == waiting.c.proposal_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .outerjoin(Comment, sa.and_(waiting.c.part == Part.COMMENT.value, Comment.id == waiting.c.part_id))
        .order_by(waiting.c.since, waiting.c.part, waiting.c.part_id)
    )
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    names = "part part_id proposal_id reports waiting_since proposal proposer_id neighborhood text author_id".split()
    return page_of(
        query,
        number=page,
        size=PAGE_SIZE,
        row=lambda *found: WaitingRow(**dict(zip(names, found, strict=True))),
    )


def waiting_since(neighborhood_ids: Collection[int] | None) -> dict[bool, tuple[int, datetime]]:
    """How much waits for the office of these neighborhoods (None: of all), and since when the longest of it: of words
    that are kept back under True, of reports under False; nothing where none waits."""
    waiting = _everything()
    is_words = waiting.c.part == "words"
    query = sa.select(sa.func.count(), sa.func.min(waiting.c.since), is_words).group_by(is_words)
    query = query.select_from(waiting).join(Proposal, Proposal.id == waiting.c.proposal_id)
    query = query.join(Cycle, Cycle.id == Proposal.cycle_id)
    if neighborhood_ids is not None:
        query = query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
    return {bool(of_words): (count, since) for count, since, of_words in db.session.execute(query)}


def waiting_reports(comment_id: int) -> list[ReportFacts]:
    """What was reported about a comment and not settled yet, the oldest first."""
    query = sa.select(CommentReport.concern, CommentReport.note, CommentReport.reported_at)
    query = query.where(CommentReport.comment_id == comment_id, CommentReport.ending.is_(None))
    found = db.session.execute(query.order_by(CommentReport.id))
    return [ReportFacts(concern=concern, note=note, reported_at=at) for concern, note, at in found]


def is_waiting(comment_id: int) -> bool:
    """Whether a report of a comment waits for the office."""
    waits = sa.exists().where(CommentReport.comment_id == comment_id, CommentReport.ending.is_(None))
    return bool(db.session.scalar(sa.select(waits)))


def has_reported(comment_id: int, person_id: int) -> bool:
    """Whether somebody has reported a comment before."""
    mine = sa.exists().where(CommentReport.comment_id == comment_id, CommentReport.person_id == person_id)
    return bool(db.session.scalar(sa.select(mine)))


def hidden(neighborhood_ids: Collection[int] | None, *, page: int = 1) -> Page[HiddenRow]:
    """Hidden comments of these neighborhoods (None: of all) with their text, the newest hiding first."""
    hider = aliased(Person)
    query = (
        sa.select(
            Comment.id,
            Comment.text,
            Person.public_name,
            Proposal.id,
            Proposal.title,
            Comment.hidden_at,
            hider.public_name,
            Comment.hidden_reason,
            Neighborhood.time_zone,
        )
        .join(Person, Person.id == Comment.author_id)
        .join(hider, hider.id == Comment.hidden_by_id)
        .order_by(Comment.hidden_at.desc(), Comment.id.desc())
    )
    names = "comment_id text author proposal_id proposal hidden_at hidden_by reason time_zone".split()
    return page_of(
        _in(query, neighborhood_ids),
        number=page,
        size=PAGE_SIZE,
        row=lambda *found: HiddenRow(**dict(zip(names, found, strict=True))),
    )


def _everything() -> sa.Subquery:
    of_comments = (
        sa.select(
            sa.literal(Part.COMMENT.value).label("part"),
            CommentReport.comment_id.label("part_id"),
            Comment.proposal_id.label("proposal_id"),
            sa.func.count().label("reports"),
            sa.func.min(CommentReport.reported_at).label("since"),
        )
        .join(Comment, Comment.id == CommentReport.comment_id)
        .where(CommentReport.ending.is_(None))
        .group_by(CommentReport.comment_id, Comment.proposal_id)
    )
    columns = PartReport.part, PartReport.part_id, PartReport.proposal_id
    of_parts = sa.select(
        sa.cast(PartReport.part, sa.String), *columns[1:], sa.func.count(), sa.func.min(PartReport.reported_at)
    )
    of_parts = of_parts.where(PartReport.ending.is_(None)).group_by(*columns)
    first, since = sa.func.min(WithheldWords.id), sa.func.min(WithheldWords.held_at)
    of_words = sa.select(sa.literal("words"), first, WithheldWords.proposal_id, sa.func.count(), since)
    of_words = of_words.where(WithheldWords.ending.is_(None)).group_by(WithheldWords.proposal_id)
    return sa.union_all(of_comments, of_parts, of_words).subquery()


def _waiting() -> sa.Subquery:
    return (
        sa.select(
            CommentReport.comment_id,
            sa.func.count().label("reports"),
            sa.func.min(CommentReport.reported_at).label("since"),
        )
        .where(CommentReport.ending.is_(None))
        .group_by(CommentReport.comment_id)
        .subquery()
    )


def _in(query: Query, neighborhood_ids: Collection[int] | None) -> Query:
    query = query.join(Proposal, Proposal.id == Comment.proposal_id).join(Cycle, Cycle.id == Proposal.cycle_id)
    query = query.join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
    return query if neighborhood_ids is None else query.where(Cycle.neighborhood_id.in_(neighborhood_ids))
