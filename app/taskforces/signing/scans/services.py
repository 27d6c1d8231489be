"""Keeping the scan of a paper: made anew before the transaction, kept with it, cleared where its row never came."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

import sqlalchemy as sa

from app.core import files
from app.core.db import after_commit, db, locked, transaction
from app.core.errors import DomainError
from app.core.media import documents, pictures
from app.core.tokens import random_id
from app.proposals.attachments.words import NO_PDF, NO_PICTURE
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
    try:
        if is_pdf:
            return Scan(content=documents.rewritten(file, title=title).content, is_pdf=True)
        return Scan(content=pictures.redrawn(file).full.content, is_pdf=False)
    except pictures.NotAPicture as reason:
        raise DomainError(reason.fault.value, str(NO_PICTURE[reason.fault]), field="file") from reason
    except documents.NotADocument as reason:
        raise DomainError(reason.fault.value, str(NO_PDF[reason.fault]), field="file") from reason


@contextmanager
def drafted(agreement_id: int, scan: Scan) -> Iterator[str]:
    """Keep a scan for a row of this agreement that is made in the block; gives the hash it is kept under."""
    mark = random_id()
    name = f"{ROOM}/{agreement_id}-{mark.hex()}"
    with files.draft(name, mark + scan.content) as digest:
        yield digest
    after_commit(partial(files.settle, name, kept=digest))


def clear_left() -> None:
    """Remove scans whose row never came, and the notes of those whose row did; the worker calls this by the clock."""
    for name in files.drafts(ROOM):
        with transaction():
            agreement_id = int(name.removeprefix(f"{ROOM}/").partition("-")[0])
            locked(Agreement, agreement_id)
            files.settle(name, kept=_digests(agreement_id))


def _digests(agreement_id: int) -> set[str]:
    sheets = sa.select(SignOff.sheet_digest).where(SignOff.agreement_id == agreement_id)
    decisions = sa.select(Escalation.document_digest).where(Escalation.agreement_id == agreement_id)
    return {digest for digest in (*db.session.scalars(sheets), *db.session.scalars(decisions)) if digest}
