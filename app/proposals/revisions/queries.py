"""Reading the revisions of a proposal: how many, which, and one as it stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.errors import NotFound
from app.proposals.names import queries as names
from app.proposals.revisions.models import ProposalRevision
from app.proposals.rules import CostLine


@dataclass(frozen=True, kw_only=True)
class RevisionFacts:
    """One text of a proposal, with who wrote it and when, and what they say has changed."""

    number: int
    author: str
    written_at: datetime
    changed: str
    title: str
    summary: str
    need: str
    place: str
    gains: str
    helpers: str
    category_id: int
    category: str
    area_id: int | None
    area: str | None
    watches_people: bool
    estimate: tuple[CostLine, ...]
    priority_id: int | None = None
    priority: str | None = None


def newest(proposal_id: int) -> int:
    """The number of the newest revision; 0 while nothing has been sent."""
    query = sa.select(sa.func.max(ProposalRevision.number)).where(ProposalRevision.proposal_id == proposal_id)
    return db.session.scalar(query) or 0


def all_of(proposal_id: int) -> list[RevisionFacts]:
    """Every revision of a proposal, the newest first; NotFound where there is none."""
    query = (
        sa.select(ProposalRevision)
        .options(*(joinedload(each) for each in _TOLD))
        .where(ProposalRevision.proposal_id == proposal_id)
        .order_by(ProposalRevision.number.desc())
    )
    masks = names.masks(proposal_id)
    found = [_facts(row, masks) for row in db.session.scalars(query)]
    if not found:
        raise NotFound
    return found


def since(proposal_id: int, number: int) -> tuple[RevisionFacts, RevisionFacts] | None:
    """The revision of that number and the newest one; None where nothing newer (or nothing of that number) exists."""
    wanted = sa.or_(ProposalRevision.number == number, ProposalRevision.number == newest(proposal_id))
    query = sa.select(ProposalRevision).options(*(joinedload(each) for each in _TOLD))
    query = query.where(ProposalRevision.proposal_id == proposal_id, wanted).order_by(ProposalRevision.number)
    masks = names.masks(proposal_id)
    found = [_facts(row, masks) for row in db.session.scalars(query)]
    return (found[0], found[1]) if len(found) == 2 else None


_TOLD = (ProposalRevision.person, ProposalRevision.category, ProposalRevision.area, ProposalRevision.priority)


def _facts(row: ProposalRevision, masks: Sequence[tuple[str, str]]) -> RevisionFacts:
    """A revision as it may be read: what was removed since is not read in an older text either."""
    hide = partial(names.masked, masks=masks)
    return RevisionFacts(
        number=row.number,
        author=row.person.public_name if row.person else "",
        written_at=row.written_at,
        changed=hide(row.changed),
        title=hide(row.title),
        summary=hide(row.summary),
        need=hide(row.need),
        place=hide(row.place),
        gains=hide(row.gains or ""),
        helpers=hide(row.helpers or ""),
        category_id=row.category_id,
        category=row.category.name,
        area_id=row.area_id,
        area=row.area.name if row.area else None,
        watches_people=row.watches_people,
        estimate=tuple(CostLine(label=hide(str(label)), amount_cents=int(cents)) for label, cents in row.estimate),
        priority_id=row.priority_id,
        priority=row.priority.name if row.priority else None,
    )
