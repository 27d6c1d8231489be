"""Writing the audit log: every event once, in the transaction that made it, chained to the last."""

import hashlib
import json
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.clock import now
from app.core.db import db
from app.core.events import Event

START = "0" * 64
_LOCK = 7_326_001


def record(event: Event) -> None:
    """Append `event`; writers wait for each other so that the chain has one order and no gap."""
    _wait_for_the_chain()
    last = db.session.execute(sa.select(AuditEntry.sequence, AuditEntry.hash).order_by(AuditEntry.sequence.desc()).limit(1)).first()
    sequence, previous = (last.sequence + 1, last.hash) if last else (1, START)
    recorded_at = now()
    body = canonical(event, sequence=sequence, recorded_at=recorded_at)
    db.session.add(
        AuditEntry(
            sequence=sequence,
            kind=type(event).__name__,
            actor_id=event.actor_id,
            recorded_at=recorded_at,
            body=body,
            previous_hash=previous,
            hash=link(previous, body),
        )
    )
    db.session.flush()


def canonical(event: Event, *, sequence: int, recorded_at: datetime) -> str:
    """The event as JSON with sorted keys and no spaces; residents' words only as their hash (domain decision 12)."""
    facts = {f.name: _plain(getattr(event, f.name), hashed=f.metadata.get("audit") == "hash") for f in fields(event)}
    entry = {"at": recorded_at.isoformat(), "event": type(event).__name__, "facts": facts, "sequence": sequence}
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def link(previous_hash: str, body: str) -> str:
    """SHA-256 in hex over the previous entry's hash (64 hex digits) and this entry's canonical body."""
    return hashlib.sha256(previous_hash.encode() + body.encode()).hexdigest()


def _plain(value: Any, *, hashed: bool) -> Any:
    if hashed:
        return "sha256:" + hashlib.sha256(str(value).encode()).hexdigest()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _wait_for_the_chain() -> None:
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
