"""Reading visits: whose browser this is."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Person
from app.accounts.visits.models import Visit
from app.accounts.visits.rules import limits
from app.core.clock import now
from app.core.db import db


def hash_of(key: str) -> str:
    """How the key of a visit is stored: SHA-256 in hex, so that a copy of the database signs nobody in."""
    return hashlib.sha256(key.encode()).hexdigest()


BY_KEY = (
    sa.select(Visit)
    .join(Visit.person)
    .where(Visit.key_hash == sa.bindparam("key_hash"), Visit.ends_at > sa.bindparam("moment"))
    .where(Person.active, Person.fs_uniquifier == sa.bindparam("account"))
    .options(contains_eager(Visit.person).options(joinedload(Person.residence), joinedload(Person.grants)))
)
"""Made once: every page of everybody signed in asks this."""


def visit_of(key: str, account: str) -> Visit | None:
    """The visit with this key, with its person and what they hold; None if it has ended or is not of `account`."""
    asked = {"key_hash": hash_of(key), "moment": now(), "account": account}
    visit = db.session.execute(BY_KEY, asked).unique().scalar_one_or_none()
    if visit is None or visit.seen_at + limits(is_staff=visit.person.is_staff).idle <= now():
        return None
    return visit


def open_visits(person_id: int) -> int:
    """How many browsers somebody is signed in with."""
    query = sa.select(sa.func.count()).where(Visit.person_id == person_id, Visit.ends_at > now())
    return db.session.scalar(query) or 0
