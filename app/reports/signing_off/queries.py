"""Reading who has signed a draft, and the agreement that asks both sides to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer

from app.core.db import db
from app.core.moments import day_in
from app.reports.models import Edition
from app.taskforces.models import TaskForce
from app.taskforces.seats import queries as seats
from app.taskforces.seats.rules import Side
from app.taskforces.signing import queries as signing
from app.taskforces.signing.models import Agreement
from app.taskforces.signing.queries import AgreementRow, SignOffRow
from app.taskforces.signing.rules import Ending, MatterKind, Verdict, payload_hash


@dataclass(frozen=True, kw_only=True)
class SignatureLine:
    """What a report prints of one side: its co-chair, and their word or that none was received."""

    side: Side
    chair: str | None
    """Who leads the side; None where the seat is vacant."""
    body: str | None
    """Who has nominated them."""
    verdict: Verdict | None
    name: str | None
    as_deputy: bool
    attested_by: str | None
    signed_on: date | None
    statement: str | None
    due_on: date
    closed_on: date | None
    """The day on which the other side said no, after which nobody was asked any more."""
    council: str | None
    """The council's decision, where it stands in for this side."""


def payload_of(edition: Edition) -> dict[str, str | int | None]:
    """What both sides sign of an edition: which it is, and the hash of its figures."""
    return {"edition_id": edition.id, "code": edition.code, "figures": edition.figures_hash}


def agreements_of(edition: Edition) -> list[AgreementRow]:
    """Every time both sides were asked to sign an edition, the newest first."""
    if edition.task_force_id is None:
        return []
    found = db.session.scalars(sa.select(Agreement.id).where(Agreement.payload_hash == _hash(edition))).all()
    return signing.of_ids(found) if found else []


def asked_in(edition_id: int) -> int | None:
    """The agreement in which both sides are asked to sign an edition; None where they never were."""
    edition = db.session.get(Edition, edition_id)
    rows = agreements_of(edition) if edition is not None else []
    return rows[0].id if rows else None


def asked_of(edition_ids: Collection[int]) -> dict[int, AgreementRow]:
    """The newest time both sides were asked to sign each of some editions; as many statements for all as for one."""
    query = sa.select(Edition).options(defer(Edition.snapshot)).where(Edition.id.in_(edition_ids))
    drafts = db.session.scalars(query.where(Edition.task_force_id.is_not(None))).all() if edition_ids else ()
    edition_of = {_hash(each): each.id for each in drafts}
    asked = sa.select(Agreement.id).where(Agreement.payload_hash.in_(edition_of))
    found = db.session.scalars(asked).all() if edition_of else ()
    return {edition_of[row.hash]: row for row in reversed(signing.of_ids(found) if found else [])}


def signatures(edition: Edition, rows: list[AgreementRow]) -> list[SignatureLine]:
    """What is printed of both sides, as it stands; of each side its last word counts."""
    assert edition.due_on is not None and edition.task_force_id is not None  # it waits for signatures
    said = {each.side: each for row in reversed(rows) for each in row.signed}
    body = db.session.get_one(TaskForce, edition.task_force_id)
    zone = body.neighborhood.time_zone
    ended = [row.ended_at for row in rows[:1] if row.ending is Ending.REJECTED and row.ended_at is not None]
    held = {seat.side: seat for seat in seats.co_chairs([body.id], day_in(zone, edition.requested_at))}
    lines = []
    for side in Side:
        chair, word = held.get(side), said.get(side)
        agrees = word is not None and word.verdict is Verdict.APPROVE
        lines.append(
            SignatureLine(
                side=side,
                chair=chair.name if chair else None,
                body=chair.nominated_by if chair else None,
                **_word(word, zone),
                due_on=edition.due_on,
                closed_on=day_in(zone, ended[0]) if ended and word is None else None,
                council=rows[0].override if rows and not agrees else None,
            )
        )
    return lines


def _hash(edition: Edition) -> str:
    assert edition.task_force_id is not None  # only a task force has co-chairs
    return payload_hash(MatterKind.REPORT, edition.task_force_id, None, payload_of(edition))


def _word(word: SignOffRow | None, zone: str) -> dict[str, Any]:
    if word is None:
        names = ("verdict", "name", "attested_by", "signed_on", "statement")
        return {**dict.fromkeys(names), "as_deputy": False}
    return {
        "verdict": word.verdict,
        "name": word.name,
        "as_deputy": word.as_deputy,
        "attested_by": word.attested_by,
        "signed_on": word.signed_on or day_in(zone, word.signed_at),
        "statement": word.statement,
    }
