"""Keeping the scan of a paper: made anew before the transaction, kept with it, cleared where its row never came."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO

import sqlalchemy as sa

from app.core import hung
from app.core.db import db
from app.core.media import documents, pictures
from app.proposals.attachments.words import said_at_file
from app.taskforces.signing.models import Agreement, Escalation, SignOff

ROOM = "agreements"


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What we made of a file."""

    content: bytes
    is_pdf: bool


def made(file: BinaryIO, *, title: str) -> Scan:
    """The picture or PDF in `file`, made anew; refused at the field `file`. Slow: call it outside of transactions."""
    is_pdf = file.read(5) == b"%PDF-"
    file.seek(0)
    with said_at_file():
        if is_pdf:
            return Scan(content=documents.rewritten(file, title=title).content, is_pdf=True)
        return Scan(content=pictures.redrawn(file).full.content, is_pdf=False)


def drafted(agreement_id: int, scan: Scan) -> AbstractContextManager[str]:
    """Keep a scan for a row of this agreement that is made in the block; gives the hash it is kept under."""
    return hung.drafted(ROOM, agreement_id, scan.content)


def clear_left() -> None:
    """Remove scans whose row never came, and the notes of those whose row did; the worker calls this by the clock."""
    hung.clear_left(ROOM, Agreement, _digests)


def _digests(agreement_id: int) -> set[str]:
    sheets = sa.select(SignOff.sheet_digest).where(SignOff.agreement_id == agreement_id)
    decisions = sa.select(Escalation.document_digest).where(Escalation.agreement_id == agreement_id)
    return {digest for digest in (*db.session.scalars(sheets), *db.session.scalars(decisions)) if digest}
