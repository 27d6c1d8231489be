"""Reading what was taken to the council: of one agreement, and what waits for a clerk."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.core.hung import content
from app.taskforces.models import TaskForce
from app.taskforces.seats.rules import Side
from app.taskforces.signing import queries as signing
from app.taskforces.signing.models import Agreement, Escalation
from app.taskforces.signing.queries import AgreementRow
from app.taskforces.signing.rules import OPEN_TO_COUNCIL, Outcome


@dataclass(frozen=True, kw_only=True)
class Escalated:
    """What a side asked the council, and what it decided."""

    side: Side
    asked_by: str
    reason: str
    asked_at: datetime
    due_on: date
    """The last day to put its decision on record."""
    lapsed_at: datetime | None
    outcome: Outcome | None
    decided_by: str | None
    decided_on: date | None
    reference: str | None
    explanation: str | None
    recorded_by: str | None


@dataclass(frozen=True, kw_only=True)
class Document:
    """The council's decision as it was uploaded."""

    content: bytes
    is_pdf: bool


def of_agreement(agreement_id: int) -> Escalated | None:
    """What was taken to the council about an agreement, or None."""
    row = db.session.scalar(sa.select(Escalation).where(Escalation.agreement_id == agreement_id))
    if row is None:
        return None
    return Escalated(
        side=row.side,
        asked_by=row.asked_by.public_name,
        reason=row.reason,
        asked_at=row.asked_at,
        due_on=row.due_on,
        lapsed_at=row.lapsed_at,
        outcome=row.outcome,
        decided_by=row.decided_by,
        decided_on=row.decided_on,
        reference=row.reference,
        explanation=row.explanation,
        recorded_by=row.recorded_by.public_name if row.recorded_by else None,
    )


def waiting(neighborhood_ids: Collection[int] | None) -> list[AgreementRow]:
    """The agreements of these neighborhoods (None: of all) that wait for the council's decision, the longest first."""
    here = () if neighborhood_ids is None else (TaskForce.neighborhood_id.in_(neighborhood_ids),)
    ids = _waiting(*here)
    return sorted(signing.of_ids(ids), key=lambda row: ids.index(row.id)) if ids else []


def lapsed(task_force_id: int, first_on: date, last_on: date) -> list[AgreementRow]:
    """What the council did not decide for a task force by a last day within these, the first to lapse first."""
    query = sa.select(Agreement.id).join(Escalation, Escalation.agreement_id == Agreement.id)
    query = query.where(
        sa.or_(Agreement.task_force_id == task_force_id, Agreement.second_task_force_id == task_force_id)
    )
    query = query.where(Escalation.lapsed_at.is_not(None), Escalation.due_on.between(first_on, last_on))
    ids = db.session.scalars(query.order_by(Escalation.due_on, Agreement.id)).all()
    return sorted(signing.of_ids(ids), key=lambda row: ids.index(row.id)) if ids else []


def past_their_day(neighborhood_id: int, on: date) -> Sequence[int]:
    """The ids of what waits for the council in a neighborhood though the last day to decide was before `on`."""
    return _waiting(TaskForce.neighborhood_id == neighborhood_id, Escalation.due_on < on)


def _waiting(*conditions: sa.ColumnElement[bool]) -> Sequence[int]:
    ended = [each for each in OPEN_TO_COUNCIL if each is not None]
    query = sa.select(Agreement.id).join(Escalation, Escalation.agreement_id == Agreement.id)
    query = query.join(TaskForce, TaskForce.id == Agreement.task_force_id).where(signing.undecided())
    query = query.where(sa.or_(Agreement.ending.is_(None), Agreement.ending.in_(ended)), *conditions)
    return db.session.scalars(query.order_by(Escalation.asked_at, Agreement.id)).all()


def document(agreement_id: int) -> Document:
    """The council's decision about an agreement; NotFound where there is none."""
    query = sa.select(Escalation.document_digest, Escalation.document_is_pdf)
    found = db.session.execute(query.where(Escalation.agreement_id == agreement_id)).first()
    if found is None or found.document_digest is None:
        raise NotFound
    return Document(content=content(found.document_digest), is_pdf=bool(found.document_is_pdf))
