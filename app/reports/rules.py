"""Kinds of report, stages of an edition, and how a snapshot is written down and hashed."""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

SHORT = 12


class ReportKind(StrEnum):
    """What a report is about (numbers as in the list of printed documents)."""

    RESULTS = "results"


class EditionStage(StrEnum):
    """Where an edition is: its snapshot is frozen at once, its PDF is made by a worker."""

    RENDERING = "rendering"
    PUBLISHED = "published"
    FAILED = "failed"


def canonical(snapshot: Mapping[str, Any]) -> str:
    """The snapshot as JSON with sorted keys, no spaces, ASCII only: the same facts give the same bytes everywhere."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def data_hash(text: str) -> str:
    """SHA-256 in hex of a canonical snapshot; known before rendering, so it can be printed."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def code(kind: ReportKind, *, neighborhood: str, cycle: str, number: int) -> str:
    """The public id of an edition, for example R4-riverside-2026-e2."""
    where = cycle if cycle.startswith(neighborhood) else f"{neighborhood}-{cycle}"
    return f"{CODES[kind]}-{where}-e{number}"


CODES: Mapping[ReportKind, str] = {ReportKind.RESULTS: "R4"}
