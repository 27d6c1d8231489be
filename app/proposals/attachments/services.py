"""The verbs of what hangs on a proposal: add, describe, remove, and clear what is left over."""

from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import hung
from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.core.media import documents, pictures
from app.core.once import once
from app.cycles.models import Cycle
from app.proposals import services as proposals
from app.proposals.attachments.events import (
    AttachmentAdded,
    AttachmentDescribed,
    AttachmentRemoved,
    AttachmentsCleared,
)
from app.proposals.attachments.models import Attachment
from app.proposals.attachments.rules import MOST, Kind, free_place
from app.proposals.attachments.words import said_at_file
from app.proposals.hiding import queries as hiding
from app.proposals.hiding.rules import Part as HiddenPart
from app.proposals.models import Proposal
from app.proposals.names.rules import findings
from app.proposals.names.services import withhold
from app.proposals.rules import OPEN_CYCLES, Stage

ROOM = "attachments"


@dataclass(frozen=True, kw_only=True)
class AddAttachment:
    """A file as it was sent, and the words for people who do not see it."""

    kind: Kind
    file: BinaryIO
    words: str


@dataclass(frozen=True, kw_only=True)
class _Made:
    """What we made of a file."""

    content: bytes
    small: bytes | None = None
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def add(proposal_id: int, command: AddAttachment, *, key: str, by: Actor) -> int:
    """Hang a picture or PDF on one's own proposal; what is kept is made anew from it, before the transaction begins."""
    made = _made(command)
    return once(key, lambda: _added(proposal_id, command, made, by))


def describe(attachment_id: int, words: str, *, by: Actor) -> None:
    """Say in other words what it shows."""
    with transaction():
        row = _opened(attachment_id, by)
        row.words = words
        _keep_names_back(row, by)
        publish(
            AttachmentDescribed(actor_id=by.id, proposal_id=row.proposal_id, attachment_id=row.id, words=row.words),
        )


def remove(attachment_id: int, *, by: Actor) -> None:
    """Take it away; its files go with the commit, and after a kill with the worker's next round."""
    with transaction():
        row = _opened(attachment_id, by)
        asked = hiding.is_watched(row.proposal_id, HiddenPart.ATTACHMENT, attachment_id)
        ensure(not asked, "watched", _("Somebody has asked the office to look at this, so it stays where it is."))
        _take_away(row)
        publish(AttachmentRemoved(actor_id=by.id, proposal_id=row.proposal_id, attachment_id=attachment_id))


def clear_left() -> None:
    """Remove files whose row never came or is gone, and all of drafts that were thrown away or came too late."""
    hung.clear_left(ROOM, Proposal, _digests)
    for proposal_id in _forsaken():
        with transaction():
            _clear(proposal_id)


def _made(command: AddAttachment) -> _Made:
    with said_at_file():
        if command.kind is Kind.PDF:
            paper = documents.rewritten(command.file, title="" if findings(command.words) else command.words)
            return _Made(content=paper.content, pages=paper.pages)
        picture = pictures.redrawn(command.file)
    full = picture.full
    return _Made(content=full.content, small=picture.small.content, width=full.width, height=full.height)


def _added(proposal_id: int, command: AddAttachment, made: _Made, by: Actor) -> int:
    proposals.opened_to_edit(proposal_id, by)
    with ExitStack() as kept:
        digest = kept.enter_context(hung.drafted(ROOM, proposal_id, made.content))
        small = kept.enter_context(hung.drafted(ROOM, proposal_id, made.small)) if made.small else None
        row = Attachment(
            proposal_id=proposal_id,
            kind=command.kind,
            place=_place(proposal_id, command.kind),
            words=command.words,
            digest=digest,
            small_digest=small,
            width=made.width,
            height=made.height,
            pages=made.pages,
            weight=len(made.content),
        )
        db.session.add(row)
        _keep_names_back(row, by)
        publish(
            AttachmentAdded(
                actor_id=by.id,
                proposal_id=proposal_id,
                attachment_id=row.id,
                kind=command.kind,
                words=row.words,
            )
        )
    return row.id


def _keep_names_back(row: Attachment, by: Actor) -> None:
    """Words about somebody else are not public before an officer has looked; a draft keeps them until it is sent."""
    db.session.flush()
    proposal = db.session.get_one(Proposal, row.proposal_id)
    if proposal.number is not None:
        withhold(proposal, by_id=by.id)


def _place(proposal_id: int, kind: Kind) -> int:
    query = sa.select(Attachment.place).where(Attachment.proposal_id == proposal_id, Attachment.kind == kind)
    place = free_place(kind, db.session.scalars(query).all())
    if place is None:
        if kind is Kind.PICTURE:
            message = ngettext(
                "A proposal has room for %(num)s picture. Take one away first.",
                "A proposal has room for %(num)s pictures. Take one away first.",
                MOST[kind],
            )
        else:
            message = ngettext(
                "A proposal has room for %(num)s PDF. Take one away first.",
                "A proposal has room for %(num)s PDFs. Take one away first.",
                MOST[kind],
            )
        raise DomainError("too_many", message, field="file")
    return place


def _opened(attachment_id: int, by: Actor) -> Attachment:
    found = db.session.get(Attachment, attachment_id)
    if found is None:
        raise NotFound
    proposals.opened_to_edit(found.proposal_id, by)
    row = locked(Attachment, attachment_id)
    if row is None:
        raise NotFound
    return row


def _take_away(row: Attachment) -> None:
    hung.drop(ROOM, row.proposal_id, row.digest, row.small_digest)
    db.session.delete(row)
    db.session.flush()


def _digests(proposal_id: int) -> set[str]:
    query = sa.select(Attachment.digest, Attachment.small_digest).where(Attachment.proposal_id == proposal_id)
    return {digest for row in db.session.execute(query) for digest in row if digest}


def _never_public() -> sa.ColumnElement[bool]:
    late = Cycle.stage.not_in(OPEN_CYCLES)
    return sa.and_(Proposal.number.is_(None), sa.or_(Proposal.stage == Stage.WITHDRAWN, late))


def _forsaken() -> list[int]:
    query = sa.select(Attachment.proposal_id).join(Proposal, Proposal.id == Attachment.proposal_id)
    query = query.join(Cycle, Cycle.id == Proposal.cycle_id).where(_never_public()).distinct()
    found = list(db.session.scalars(query.order_by(Attachment.proposal_id)))
    db.session.rollback()
    return found


def _clear(proposal_id: int) -> None:
    locked(Proposal, proposal_id)
    rows = db.session.scalars(sa.select(Attachment).where(Attachment.proposal_id == proposal_id)).all()
    ids = tuple(row.id for row in rows)
    for row in rows:
        _take_away(row)
    if ids:
        publish(AttachmentsCleared(actor_id=None, proposal_id=proposal_id, attachment_ids=ids))
