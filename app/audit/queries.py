"""Reading the audit log, and checking that nobody has."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.audit.rules import START, link, says
from app.core.db import db


@dataclass(frozen=True, kw_only=True)
class Break:
    """The first entry at which the chain does not hold."""

    sequence: int
    reason: str


def last_hash() -> str | None:
    """The hash of the newest entry, in hex, which stands for all of them; None on an empty log."""
    return db.session.scalar(sa.select(AuditEntry.hash).order_by(AuditEntry.sequence.desc()).limit(1))


def first_break() -> Break | None:
    """The first entry that was altered, lost or inserted, or None for a whole chain."""
    previous, expected = START, 1
    for entry in db.session.scalars(
        sa.select(AuditEntry).order_by(AuditEntry.sequence).execution_options(yield_per=500)
    ):
        if entry.sequence != expected:
            return Break(sequence=expected, reason="missing")
        chained = entry.previous_hash == previous and entry.hash == link(previous, entry.body)
        if not chained or not _says(entry):
            return Break(sequence=entry.sequence, reason="altered")
        previous, expected = entry.hash, expected + 1
    return None


def newest_moment() -> datetime | None:
    """When the newest entry was written; None for an empty log."""
    newest = sa.select(AuditEntry.recorded_at).order_by(AuditEntry.sequence.desc()).limit(1)
    return db.session.scalar(newest)


def _says(entry: AuditEntry) -> bool:
    when, who = entry.recorded_at, entry.actor_id
    return says(entry.body, kind=entry.kind, actor_id=who, sequence=entry.sequence, recorded_at=when)
