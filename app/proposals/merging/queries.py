"""Reading how proposals were joined, and the requests that wait."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.access import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.proposals import words
from app.proposals.merging.models import MergeRequest
from app.proposals.merging.rules import Ending
from app.proposals.models import Proposal
from app.proposals.rules import Stage, code


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Another proposal, to be named and linked, and when it was joined or asked for."""

    request_id: int
    id: int
    code: str
    title: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Joining:
    """What a proposal has to do with others: where it went, what it took in, and what its viewer is asked or asks."""

    into: Linked | None
    taken_in: tuple[Linked, ...]
    asked_of_me: tuple[Linked, ...]
    asked_by_me: Linked | None


@dataclass(frozen=True, kw_only=True)
class RequestFacts:
    """A request to join with both its proposals by id; names and stages are read with them."""

    id: int
    proposal_id: int
    author_id: int
    into_id: int
    into_author_id: int
    message: str
    asked_at: datetime
    ending: Ending | None
    answer: str | None
    ended_at: datetime | None


def around(proposal_id: int, author_id: int, viewer: Actor | None) -> Joining:
    """How a proposal was joined with others; requests that wait are for the author they are put to and who asks."""
    own = viewer is not None and viewer.id == author_id
    known = MergeRequest.ending == Ending.AGREED
    mine = sa.or_(known, MergeRequest.ending.is_(None)) if own else known
    found = [
        (row.proposal_id == proposal_id, row.ending, _linked(row))
        for row in db.session.execute(_around(proposal_id).where(mine))
    ]
    return Joining(
        into=next((other for leaves, ending, other in found if leaves and ending), None),
        taken_in=tuple(other for leaves, ending, other in found if not leaves and ending),
        asked_of_me=tuple(other for leaves, ending, other in found if not leaves and not ending),
        asked_by_me=next((other for leaves, ending, other in found if leaves and not ending), None),
    )


def request(request_id: int) -> RequestFacts:
    """A request to join; NotFound where there is none."""
    joining, into = (sa.orm.aliased(Proposal) for _ in range(2))
    query = (
        sa.select(MergeRequest, joining.author_id, into.author_id.label("into_author_id"))
        .join(joining, joining.id == MergeRequest.proposal_id)
        .join(into, into.id == MergeRequest.into_id)
        .where(MergeRequest.id == request_id)
    )
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    row: MergeRequest = found.MergeRequest
    return RequestFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        author_id=found.author_id,
        into_id=row.into_id,
        into_author_id=found.into_author_id,
        message=row.message,
        asked_at=row.asked_at,
        ending=row.ending,
        answer=row.answer,
        ended_at=row.ended_at,
    )


def _around(proposal_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Requests that a proposal has a part in while it can, each with the other proposal."""
    gone = MergeRequest.ending.is_(None) & Proposal.stage.in_((Stage.WITHDRAWN, Stage.MERGED, Stage.NOT_FEASIBLE))
    other = sa.case((MergeRequest.proposal_id == proposal_id, MergeRequest.into_id), else_=MergeRequest.proposal_id)
    return (
        sa.select(
            MergeRequest.proposal_id,
            MergeRequest.ending,
            MergeRequest.id,
            sa.func.coalesce(MergeRequest.ended_at, MergeRequest.asked_at).label("at"),
            Proposal.id.label("other_id"),
            Proposal.title,
            Proposal.stage,
            Proposal.number,
            Cycle.year,
        )
        .join(Proposal, Proposal.id == other)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .where(sa.or_(MergeRequest.proposal_id == proposal_id, MergeRequest.into_id == proposal_id))
        .where(sa.or_(MergeRequest.proposal_id == proposal_id, sa.not_(gone)))
        .order_by(MergeRequest.id)
    )


def _linked(row: sa.Row[*tuple[Any, ...]]) -> Linked:
    _from, _ending, request_id, at, id_, title, stage, number, year = row
    return Linked(
        request_id=request_id, id=id_, code=code(year, number), title=words.shown_title(title, stage), at=at
    )
