"""Reading visits: whose browser this is."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_login import UserMixin

from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.queries import grants_of, home_of
from app.accounts.visits.models import Visit
from app.accounts.visits.rules import limits
from app.core.access import Actor
from app.core.clock import now
from app.core.db import ask, db


@dataclass(frozen=True, kw_only=True)
class Visitor(UserMixin):  # type: ignore[misc]  # the library ships no types
    """Who sits before a signed-in browser: as the library knows them, as we do, and when they last opened a page."""

    account: str
    actor: Actor
    seen_at: datetime

    def get_id(self) -> str:
        """What the library keeps in the session."""
        return self.account


def hash_of(key: str) -> str:
    """How the key of a visit is stored: SHA-256 in hex, so that a copy of the database signs nobody in."""
    return hashlib.sha256(key.encode()).hexdigest()


BY_KEY = (
    sa.select(
        Person.id,
        Person.public_name,
        Person.is_staff,
        Visit.seen_at,
        Visit.confirmed_at,
        Visit.second_factor_at,
        Residence.stage,
        Residence.neighborhood_id.label("lives_in"),
        RoleGrant.role,
        RoleGrant.neighborhood_id,
        RoleGrant.starts_on,
        RoleGrant.ends_on,
        RoleGrant.ended_at,
    )
    .select_from(Visit)
    .join(Person, Person.id == Visit.person_id)
    .outerjoin(Residence, Residence.person_id == Person.id)
    .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
    .where(Visit.key_hash == sa.bindparam("key_hash"), Visit.ends_at > sa.bindparam("moment"))
    .where(Person.active, Person.fs_uniquifier == sa.bindparam("account"))
)
"""Made once: every page of everybody signed in asks this, a row for each of their grants."""


def visit_of(key: str, account: str) -> Visitor | None:
    """Who holds this key, with what they hold today; None if the visit has ended or is not of `account`."""
    rows = ask(BY_KEY, key_hash=hash_of(key), moment=now(), account=account).all()
    if not rows or rows[0].seen_at + limits(is_staff=rows[0].is_staff).idle <= now():
        return None
    return Visitor(account=account, actor=_actor(rows), seen_at=rows[0].seen_at)


def open_visits(person_id: int) -> int:
    """How many browsers somebody is signed in with."""
    query = sa.select(sa.func.count()).where(Visit.person_id == person_id, Visit.ends_at > now())
    return db.session.scalar(query) or 0


def _actor(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> Actor:
    person = rows[0]
    return Actor(
        id=person.id,
        name=person.public_name,
        grants=grants_of(row for row in rows if row.role is not None),
        resident_of=home_of(person.stage, person.lives_in),
        confirmed_at=person.confirmed_at,
        second_factor_at=person.second_factor_at,
    )
