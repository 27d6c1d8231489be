"""Reading what is being printed or can be downloaded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.voting.models import Vote
from app.voting.paper.models import PaperPrint
from app.voting.paper.printing.rules import PrintKind


@dataclass(frozen=True, kw_only=True)
class PrintFacts:
    """An order to print; `files` are names and hashes, empty until all are made."""

    id: int
    vote_id: bytes
    cycle_id: int
    kind: PrintKind
    stock_id: int | None
    language: str
    percent: int
    files: tuple[tuple[str, str], ...]
    requested_at: datetime
    is_finished: bool


def prints(vote_id: bytes) -> list[PrintFacts]:
    """All orders of a vote, the newest first."""
    query = _query().where(PaperPrint.vote_id == vote_id).order_by(PaperPrint.id.desc())
    return [_facts(row, cycle_id) for row, cycle_id in db.session.execute(query)]


def order(print_id: int) -> PrintFacts:
    """One order; NotFound where there is none."""
    found = db.session.execute(_query().where(PaperPrint.id == print_id)).first()
    if found is None:
        raise NotFound
    return _facts(found[0], found[1])


def _query() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(PaperPrint, Vote.cycle_id).join(Vote, Vote.id == PaperPrint.vote_id)


def _facts(row: PaperPrint, cycle_id: int) -> PrintFacts:
    return PrintFacts(
        id=row.id,
        vote_id=row.vote_id,
        cycle_id=cycle_id,
        kind=row.kind,
        stock_id=row.stock_id,
        language=row.language,
        percent=row.percent,
        files=tuple((name, digest) for name, digest in row.files or ()),
        requested_at=row.requested_at,
        is_finished=row.finished_at is not None,
    )
