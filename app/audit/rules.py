"""How an entry of the audit log is written down and chained; anybody can repeat it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

START = "0" * 64


def canonical(kind: str, facts: Mapping[str, Any], *, sequence: int, recorded_at: datetime) -> str:
    """An event as JSON with sorted keys, no spaces, ASCII only."""
    entry = {"at": recorded_at.isoformat(), "event": kind, "facts": facts, "sequence": sequence}
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def link(previous_hash: str, body: str) -> str:
    """SHA-256 in hex over the previous entry's hash (64 hex digits) and this entry's canonical body."""
    return hashlib.sha256(previous_hash.encode() + body.encode()).hexdigest()


def says(body: str, *, kind: str, actor_id: int | None, sequence: int, recorded_at: datetime) -> bool:
    """Whether a body, which alone is hashed, says what stands beside it in the columns that pages read."""
    entry = json.loads(body)
    told = (entry["event"], entry["facts"].get("actor_id"), entry["sequence"], entry["at"])
    return bool(told == (kind, actor_id, sequence, recorded_at.isoformat()))


def plain(value: Any, *, hashed: bool) -> Any:
    """A fact as JSON knows it; residents' words only as their hash (domain decision 12)."""
    if hashed:
        return "sha256:" + hashlib.sha256(str(value).encode()).hexdigest()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item, hashed=False) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name), hashed=f.metadata.get("audit") == "hash") for f in fields(value)}
    return value.value if isinstance(value, Enum) else value
