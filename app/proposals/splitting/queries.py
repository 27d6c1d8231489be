"""Reading how a proposal was split, and the request that waits."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.access import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.proposals.merging.rules import Ending
from app.proposals.models import Proposal
from app.proposals.queries import ProposalDetail
from app.proposals.rules import code
from app.proposals.splitting import policies
from app.proposals.splitting.models import SplitPart, SplitRequest
from app.proposals.splitting.rules import can_be_split


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Another proposal, to be named and linked."""

    id: int
    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a proposal's page says: what it is a part of, its parts, the request that waits, and who may ask."""

    part_of: Linked | None
    parts: tuple[Linked, ...]
    waiting_id: int | None
    """Only for its author and whoever asked."""
    may_ask: bool


@dataclass(frozen=True, kw_only=True)
class PartFacts:
    """One part as it was proposed."""

    title: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class RequestFacts:
    """A request to split, with its parts."""

    id: int
    proposal_id: int
    author_id: int
    asker_id: int
    asker: str
    message: str
    asked_at: datetime
    ending: Ending | None
    answer: str | None
    ended_at: datetime | None
    parts: tuple[PartFacts, ...]


def around(proposal: ProposalDetail, viewer: Actor | None) -> Parts:
    """How a proposal was split, and what its viewer may do about it."""
    mine = sa.or_(SplitRequest.proposal_id == proposal.id, SplitPart.proposal_id == proposal.id)
    query = sa.select(SplitRequest, SplitPart.proposal_id).join(SplitPart, SplitPart.request_id == SplitRequest.id)
    found = db.session.execute(query.where(mine).order_by(SplitRequest.id, SplitPart.position)).all()
    agreed = [(row, part_id) for row, part_id in found if row.ending is Ending.AGREED and part_id is not None]
    linked = _linked({row.proposal_id for row, _ in agreed} | {part_id for _, part_id in agreed})
    return Parts(
        part_of=next((linked[row.proposal_id] for row, part_id in agreed if part_id == proposal.id), None),
        parts=tuple(linked[part_id] for row, part_id in agreed if row.proposal_id == proposal.id),
        waiting_id=next((row.id for row, _ in found if row.ending is None and _sees(row, proposal, viewer)), None),
        may_ask=bool(proposal.code) and can_be_split(proposal.stage, proposal.cycle_stage) and _asks(proposal, viewer),
    )


def request(request_id: int) -> RequestFacts:
    """A request to split; NotFound where there is none."""
    row = db.session.get(SplitRequest, request_id)
    if row is None:
        raise NotFound
    return RequestFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        author_id=row.proposal.author_id,
        asker_id=row.asker_id,
        asker=row.asker.public_name,
        message=row.message,
        asked_at=row.asked_at,
        ending=row.ending,
        answer=row.answer,
        ended_at=row.ended_at,
        parts=tuple(PartFacts(title=part.title, summary=part.summary) for part in row.parts),
    )


def is_waiting(proposal_id: int) -> bool:
    """Whether somebody's request waits for its author."""
    waits = sa.exists().where(SplitRequest.proposal_id == proposal_id, SplitRequest.ending.is_(None))
    return bool(db.session.scalar(sa.select(waits)))


def _linked(ids: set[int]) -> dict[int, Linked]:
    if not ids:
        return {}
    query = sa.select(Proposal.id, Cycle.year, Proposal.number, Proposal.title)
    query = query.join(Cycle, Cycle.id == Proposal.cycle_id).where(Proposal.id.in_(ids))
    rows = db.session.execute(query)
    return {id_: Linked(id=id_, code=code(year, number or 0), title=title) for id_, year, number, title in rows}


def _sees(row: SplitRequest, proposal: ProposalDetail, viewer: Actor | None) -> bool:
    return viewer is not None and policies.may_see(viewer, author_id=proposal.author_id, asker_id=row.asker_id)


def _asks(proposal: ProposalDetail, viewer: Actor | None) -> bool:
    return viewer is not None and policies.may_ask(
        viewer, author_id=proposal.author_id, neighborhood_id=proposal.neighborhood_id
    )
