"""Reading how a board has changed since its rule card was frozen."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.db import db
from app.voting.board.models import BoardChange
from app.voting.board.rules import Part


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of a board as everybody may read it, by public names; nobody came where `joiner` is None."""

    number: int
    part: Part
    leaver: str
    joiner: str | None
    reason: str
    requester: str
    approver: str
    changed_at: datetime


def changes(cycle_id: int) -> list[Change]:
    """Every change of a board since its rule card, oldest first."""
    leaver, joiner, requester, approver = (aliased(Person) for _ in range(4))
    names = (leaver.public_name, joiner.public_name, requester.public_name, approver.public_name)
    query = (
        sa.select(BoardChange, *names)
        .join(leaver, leaver.id == BoardChange.leaver_id)
        .outerjoin(joiner, joiner.id == BoardChange.joiner_id)
        .join(requester, requester.id == BoardChange.requester_id)
        .join(approver, approver.id == BoardChange.approver_id)
        .where(BoardChange.cycle_id == cycle_id)
        .order_by(BoardChange.number)
    )
    return [
        Change(
            number=row.number,
            part=row.part,
            leaver=left,
            joiner=came,
            reason=row.reason,
            requester=asked,
            approver=agreed,
            changed_at=row.changed_at,
        )
        for row, left, came, asked, agreed in db.session.execute(query)
    ]
