"""Reading who is half-way through signing in."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db


@dataclass(frozen=True, kw_only=True)
class HalfIn:
    """Somebody whose password was right a moment ago."""

    person_id: int
    email: str
    has_app: bool


def half_in(person_id: int, account: str) -> HalfIn | None:
    """Who that is, unless the account was closed or its password changed meanwhile."""
    query = sa.select(Person.id, Person.email, Person.tf_totp_secret.is_not(None).label("has_app"))
    query = query.where(Person.id == person_id, Person.fs_uniquifier == account, Person.active)
    row = db.session.execute(query).first()
    return None if row is None else HalfIn(person_id=row.id, email=row.email, has_app=row.has_app)
