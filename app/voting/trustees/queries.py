"""Reading key holders: who is planned, and whose public key is there."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.db import db
from app.voting.sealing.keys import PublicKey, public_from
from app.voting.trustees.models import KeyHolder


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody who is to hold a key; without key and fingerprint until they have handed theirs in."""

    id: int
    number: int
    name: str
    public_key: bytes | None
    fingerprint: str | None
    registered_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Registered:
    """A key holder whose public key is there."""

    number: int
    name: str
    key: PublicKey


def holders(cycle_id: int) -> list[Holder]:
    """The planned key holders of a cycle's vote in the order of their numbers; none where one key is kept here."""
    query = sa.select(KeyHolder).where(KeyHolder.cycle_id == cycle_id).order_by(KeyHolder.number)
    return [
        Holder(
            id=row.id,
            number=row.number,
            name=row.name,
            public_key=row.public_key,
            fingerprint=row.fingerprint,
            registered_at=row.registered_at,
        )
        for row in db.session.scalars(query)
    ]


def registered(cycle_id: int) -> list[Registered]:
    """Every key holder with their key; all of them have one once the ballot can be fixed."""
    return [
        Registered(number=holder.number, name=holder.name, key=public_from(holder.public_key))
        for holder in holders(cycle_id)
        if holder.public_key is not None
    ]
