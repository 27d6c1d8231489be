"""Reading the revisions of a proposal: how many, which, and one as it stood."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.core.errors import NotFound
from app.proposals.hiding import queries as hiding
from app.proposals.hiding.queries import Trace
from app.proposals.hiding.rules import Part
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
    hiding: Trace | None = None
    """Who has hidden this text and why; then none of it is told."""
    once_hidden: tuple[Trace, ...] = ()
    """Each time it was hidden and shown again."""


def newest(proposal_id: int) -> int:
    """The number of the newest revision; 0 while nothing has been sent."""
    query = sa.select(sa.func.max(ProposalRevision.number)).where(ProposalRevision.proposal_id == proposal_id)
    return db.session.scalar(query) or 0


def all_of(proposal_id: int) -> list[RevisionFacts]:
    """Every revision of a proposal, the newest first; NotFound where there is none."""
    query = (
        sa.select(ProposalRevision)
        .options(*(joinedload(each) for each in _BESIDE))
        .where(ProposalRevision.proposal_id == proposal_id)
        .order_by(ProposalRevision.number.desc())
    )
    found = _told(proposal_id, list(db.session.scalars(query)))
    if not found:
        raise NotFound
    return found


def since(proposal_id: int, number: int) -> tuple[RevisionFacts, RevisionFacts] | None:
    """The revision of that number and the newest one; None where nothing newer (or nothing of that number) exists."""
    wanted = sa.or_(ProposalRevision.number == number, ProposalRevision.number == newest(proposal_id))
    query = sa.select(ProposalRevision).options(*(joinedload(each) for each in _BESIDE))
    query = query.where(ProposalRevision.proposal_id == proposal_id, wanted).order_by(ProposalRevision.number)
    found = _told(proposal_id, list(db.session.scalars(query)))
    return (found[0], found[1]) if len(found) == 2 else None


def original(proposal_id: int, number: int) -> RevisionFacts:
    """A hidden text as it was public, for whoever may look at it: the caller has put that on record."""
    query = sa.select(ProposalRevision).options(*(joinedload(each) for each in _BESIDE))
    query = query.where(ProposalRevision.proposal_id == proposal_id, ProposalRevision.number == number)
    row = db.session.scalars(query).first()
    if row is None:
        raise NotFound
    return _facts(row, names.masks(proposal_id))


_BESIDE = (ProposalRevision.person, ProposalRevision.category, ProposalRevision.area, ProposalRevision.priority)


def _told(proposal_id: int, rows: Sequence[ProposalRevision]) -> list[RevisionFacts]:
    masks, traces = names.masks(proposal_id), hiding.traces(proposal_id, Part.REVISION)
    return [_with_traces(_facts(row, masks), [each for each in traces if each.part_id == row.number]) for row in rows]


def _with_traces(facts: RevisionFacts, traces: Sequence[Trace]) -> RevisionFacts:
    stands = next((each for each in traces if each.shown_at is None), None)
    facts = replace(facts, hiding=stands, once_hidden=tuple(each for each in traces if each.shown_at is not None))
    if stands is None:
        return facts
    hidden = _("[hidden by the office]")
    silent = dict.fromkeys(("title", "summary", "need", "place", "gains", "helpers", "changed"), hidden)
    return replace(facts, **silent, estimate=())


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
