"""Reading objections: everybody reads what was said and answered; who said it stands nowhere in public."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.db import db
from app.voting.objections.models import Objection
from app.voting.objections.rules import Ending


@dataclass(frozen=True, kw_only=True)
class ObjectionFacts:
    """An objection and its answer."""

    number: int
    text: str
    raised_at: datetime
    ending: Ending | None
    answer: str | None
    settled_at: datetime | None


def of_vote(cycle_id: int) -> list[ObjectionFacts]:
    """All objections to the result of a cycle, in the order they were raised."""
    query = sa.select(Objection).where(Objection.cycle_id == cycle_id).order_by(Objection.number)
    return [
        ObjectionFacts(
            number=row.number,
            text=row.text,
            raised_at=row.raised_at,
            ending=row.ending,
            answer=row.answer,
            settled_at=row.settled_at,
        )
        for row in db.session.scalars(query)
    ]


def unsettled(cycle_id: int) -> int:
    """How many objections wait for an answer."""
    query = sa.select(sa.func.count()).select_from(Objection).where(Objection.cycle_id == cycle_id)
    return db.session.execute(query.where(Objection.ending.is_(None))).scalar_one()
