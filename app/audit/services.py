"""Writing the audit log: every event once, in the transaction that made it, chained to the last."""

from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from typing import Any

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.audit.rules import START, canonical, link, plain
from app.core.clock import now
from app.core.db import before_commit, db
from app.core.events import Event

_LOCK = 7_326_001


def record(event: Event) -> None:
    """Append `event` before its transaction commits; writers wait for each other, so that the chain has one order.

    They do so last of all: whoever waits for the chain waits for nothing else, and nobody holds it up.
    """
    facts = {f.name: plain(getattr(event, f.name), hashed=f.metadata.get("audit") == "hash") for f in fields(event)}
    before_commit(partial(_append, type(event).__name__, event.actor_id, facts))


def _append(kind: str, actor_id: int | None, facts: Mapping[str, Any]) -> None:
    _wait_for_the_chain()
    last = db.session.execute(
        sa.select(AuditEntry.sequence, AuditEntry.hash).order_by(AuditEntry.sequence.desc()).limit(1)
    ).first()
    sequence, previous = (last.sequence + 1, last.hash) if last else (1, START)
    recorded_at = now()
    body = canonical(kind, facts, sequence=sequence, recorded_at=recorded_at)
    db.session.add(
        AuditEntry(
            sequence=sequence,
            kind=kind,
            actor_id=actor_id,
            recorded_at=recorded_at,
            body=body,
            previous_hash=previous,
            hash=link(previous, body),
        )
    )
    db.session.flush()


def _wait_for_the_chain() -> None:
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
