"""Beginning and ending visits. Every sign-in makes a new key, and an ended visit is dead on the server."""

import secrets

import sqlalchemy as sa

from app.accounts.models import Person
from app.accounts.visits.models import Visit
from app.accounts.visits.queries import hash_of
from app.accounts.visits.rules import limits
from app.core.clock import now
from app.core.db import db, transaction


def begin(person: Person, *, with_second_factor: bool = False) -> str:
    """A new visit of `person`; the key is returned once and stored only as its hash."""
    key = secrets.token_urlsafe(32)
    with transaction():
        _drop(Visit.person_id == person.id, Visit.ends_at <= now())
        until = now() + limits(is_staff=person.is_staff).whole
        began = {"begun_at": now(), "seen_at": now(), "confirmed_at": now()}
        began |= {"second_factor_at": now()} if with_second_factor else {}
        db.session.add(Visit(key_hash=hash_of(key), person_id=person.id, ends_at=until, **began))
    return key


def note(key: str) -> None:
    """The browser has just opened a page."""
    with transaction():
        db.session.execute(sa.update(Visit).where(Visit.key_hash == hash_of(key)).values(seen_at=now()))


def confirm(key: str, *, with_second_factor: bool) -> None:
    """Whoever uses the browser has just proved again who they are."""
    proved = {"confirmed_at": now()} | ({"second_factor_at": now()} if with_second_factor else {})
    with transaction():
        db.session.execute(sa.update(Visit).where(Visit.key_hash == hash_of(key)).values(proved))


def end(key: str) -> None:
    """Sign this browser out."""
    with transaction():
        _drop(Visit.key_hash == hash_of(key))


def end_all(person_id: int) -> None:
    """Sign every browser of a person out, because they wish it or because what they may do has changed."""
    with transaction():
        _drop(Visit.person_id == person_id)


def _drop(*which: sa.ColumnElement[bool]) -> None:
    db.session.execute(sa.delete(Visit).where(*which))
