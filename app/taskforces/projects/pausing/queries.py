"""Reading pauses and the cancellation of a project."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.taskforces.projects.pausing.models import Cancellation, Pause
from app.taskforces.projects.rules import ProjectStage


@dataclass(frozen=True, kw_only=True)
class PauseRow:
    """A pause as everybody reads it."""

    stage_before: ProjectStage
    reason: str
    restart_on: date
    agreement_id: int
    begun_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CancellationRow:
    """Why a project was given up, and what went back to the pot."""

    reason: str
    returned_cents: int
    clerk: str
    agreement_id: int
    cancelled_at: datetime


def pauses(project_id: int) -> list[PauseRow]:
    """The pauses of a project, newest first."""
    query = sa.select(Pause).where(Pause.project_id == project_id).order_by(Pause.id.desc())
    return [
        PauseRow(
            stage_before=row.stage_before,
            reason=row.reason,
            restart_on=row.restart_on,
            agreement_id=row.agreement_id,
            begun_at=row.begun_at,
            ended_at=row.ended_at,
        )
        for row in db.session.scalars(query)
    ]


def cancellation(project_id: int) -> CancellationRow | None:
    """How a project was given up, if it was."""
    query = (
        sa.select(Cancellation, Person.public_name)
        .join(Person, Person.id == Cancellation.clerk_id)
        .where(Cancellation.project_id == project_id)
    )
    found = db.session.execute(query).first()
    if found is None:
        return None
    row, clerk = found
    return CancellationRow(
        reason=row.reason,
        returned_cents=row.returned_cents,
        clerk=clerk,
        agreement_id=row.agreement_id,
        cancelled_at=row.cancelled_at,
    )
