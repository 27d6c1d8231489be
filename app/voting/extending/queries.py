"""How often the end of a vote was put off, and why."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.db import db
from app.voting.extending.models import VoteExtension


@dataclass(frozen=True, kw_only=True)
class Extension:
    """One time, as everybody reads it."""

    number: int
    was_to_close_at: datetime
    closes_at: datetime
    reason: str


def extensions(vote_id: bytes) -> list[Extension]:
    """Every time the end of this vote was put off, in order."""
    columns = (VoteExtension.number, VoteExtension.was_to_close_at, VoteExtension.closes_at, VoteExtension.reason)
    found = db.session.execute(
        sa.select(*columns).where(VoteExtension.vote_id == vote_id).order_by(VoteExtension.number)
    )
    return [Extension(**row._mapping) for row in found]
