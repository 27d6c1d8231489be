"""Reading what hangs on proposals, and the files themselves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from app.core import hung
from app.core.access import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.proposals import policies
from app.proposals.attachments.models import Attachment
from app.proposals.attachments.rules import Kind
from app.proposals.coauthors import queries as coauthors
from app.proposals.hiding import queries as hiding
from app.proposals.hiding.queries import Trace
from app.proposals.hiding.rules import Part as HiddenPart
from app.proposals.models import Proposal
from app.proposals.rules import Stage, code


class Part(StrEnum):
    """What is served of an attachment."""

    FULL = "picture.jpg"
    SMALL = "small.jpg"
    PDF = "document.pdf"


@dataclass(frozen=True, kw_only=True)
class AttachmentFacts:
    """A picture or PDF as pages show it."""

    id: int
    proposal_id: int
    kind: Kind
    place: int
    words: str
    width: int | None
    height: int | None
    pages: int | None
    weight: int
    hiding: Trace | None = None
    """Who has hidden it and why; its file is not served and its words are not told while that stands."""
    once_hidden: tuple[Trace, ...] = ()
    """Each time it was hidden and shown again."""

    @property
    def is_picture(self) -> bool:
        """Whether it is shown on the page."""
        return self.kind is Kind.PICTURE


@dataclass(frozen=True, kw_only=True)
class Served:
    """A file to send: its bytes, the name it is saved under, and whether everybody may have it."""

    content: bytes
    name: str
    is_pdf: bool
    is_public: bool


def of_proposal(proposal_id: int) -> list[AttachmentFacts]:
    """What hangs on a proposal, pictures first, each kind in its order; whoever asks has seen that it may be seen."""
    query = sa.select(Attachment).where(Attachment.proposal_id == proposal_id)
    found = [_facts(row) for row in db.session.scalars(query.order_by(Attachment.kind.desc(), Attachment.place))]
    traces = hiding.traces(proposal_id, HiddenPart.ATTACHMENT) if found else []
    return [_with_traces(each, [trace for trace in traces if trace.part_id == each.id]) for each in found]


def _with_traces(facts: AttachmentFacts, traces: Sequence[Trace]) -> AttachmentFacts:
    stands = next((each for each in traces if each.shown_at is None), None)
    past = tuple(each for each in traces if each.shown_at is not None)
    return replace(facts, words=facts.words if stands is None else "", hiding=stands, once_hidden=past)


def first_pictures(proposal_ids: Collection[int]) -> Mapping[int, AttachmentFacts]:
    """The first picture of each of these proposals that has one and is not withdrawn, in one statement."""
    query = sa.select(Attachment).join(Proposal, Proposal.id == Attachment.proposal_id)
    query = query.where(Proposal.id.in_(proposal_ids), Proposal.stage != Stage.WITHDRAWN)
    query = query.where(Attachment.kind == Kind.PICTURE)
    query = query.where(Attachment.id.not_in(hiding.hidden_ids(HiddenPart.ATTACHMENT)))
    rows = db.session.scalars(query.order_by(Attachment.place.desc()))
    return {row.proposal_id: _facts(row) for row in rows}


def served(proposal_id: int, attachment_id: int, part: Part, viewer: Actor | None) -> Served:
    """The file behind an address; NotFound where there is none, or none for this viewer."""
    query = sa.select(
        Attachment, Proposal.author_id, Proposal.number, Proposal.stage, Cycle.year, Cycle.neighborhood_id
    )
    query = query.join(Proposal, Proposal.id == Attachment.proposal_id).join(Cycle, Cycle.id == Proposal.cycle_id)
    found = db.session.execute(query.where(Attachment.id == attachment_id, Proposal.id == proposal_id)).first()
    if found is None:
        raise NotFound
    facts = {"author_id": found.author_id, "number": found.number}
    if not policies.may_see(viewer, **facts, co_authors=coauthors.ids_of(proposal_id) if not found.number else ()):
        raise NotFound
    if attachment_id in hiding.hidden(proposal_id, HiddenPart.ATTACHMENT):
        raise NotFound
    standing = {"author_id": found.author_id, "neighborhood_id": found.neighborhood_id}
    is_gone = found.stage is Stage.WITHDRAWN
    if is_gone and not policies.may_read_withdrawn(viewer, **standing):
        raise NotFound
    return _served(found, part, is_gone=is_gone)


def looked_at(attachment_id: int) -> Served:
    """The file of a hidden attachment, for whoever may look at it: the caller has put that on record."""
    query = sa.select(Attachment, Proposal.number, Cycle.year)
    query = query.join(Proposal, Proposal.id == Attachment.proposal_id).join(Cycle, Cycle.id == Proposal.cycle_id)
    found = db.session.execute(query.where(Attachment.id == attachment_id)).first()
    if found is None:
        raise NotFound
    return replace(_served(found, Part.PDF if found.Attachment.kind is Kind.PDF else Part.FULL), is_public=False)


def _served(found: Any, part: Part, *, is_gone: bool = False) -> Served:
    row: Attachment = found.Attachment
    if (row.kind is Kind.PDF) != (part is Part.PDF):
        raise NotFound
    digest = row.small_digest if part is Part.SMALL else row.digest
    named = code(found.year, found.number) if found.number is not None else "draft"
    return Served(
        content=hung.content(digest or ""),
        name=f"{named}-{row.place}.{part.value.rpartition('.')[2]}",
        is_pdf=row.kind is Kind.PDF,
        is_public=found.number is not None and not is_gone,
    )


def _facts(row: Attachment) -> AttachmentFacts:
    return AttachmentFacts(
        id=row.id,
        proposal_id=row.proposal_id,
        kind=row.kind,
        place=row.place,
        words=row.words,
        width=row.width,
        height=row.height,
        pages=row.pages,
        weight=row.weight,
    )
