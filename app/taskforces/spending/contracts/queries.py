"""Reading which published contracts stand behind commitments: the one that counts, and what was said before."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.taskforces.spending.contracts.models import PublishedContract
from app.taskforces.spending.models import Commitment


@dataclass(frozen=True, kw_only=True)
class SaidRow:
    """What was said of the published contract of a commitment, by whom and when."""

    ocid: str | None
    url: str | None
    said_by: str
    said_at: datetime


def counting() -> sa.ColumnElement[bool]:
    """The condition that joins a commitment with what was last said of its contract."""
    last = sa.select(sa.func.max(PublishedContract.id)).where(PublishedContract.commitment_id == Commitment.id)
    return PublishedContract.id == last.correlate(Commitment).scalar_subquery()


def said(commitment_id: int) -> list[SaidRow]:
    """Everything that was said of the contract of a commitment, the newest first."""
    query = sa.select(PublishedContract, Person.public_name).join(Person, Person.id == PublishedContract.said_by_id)
    query = query.where(PublishedContract.commitment_id == commitment_id).order_by(PublishedContract.id.desc())
    return [
        SaidRow(ocid=row.ocid, url=row.url, said_by=name, said_at=row.said_at)
        for row, name in db.session.execute(query)
    ]
