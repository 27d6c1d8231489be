"""Places, people and those who act."""

import secrets
from dataclasses import replace
from datetime import date
from typing import Any

from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.queries import actor_of
from app.accounts.rules import ResidenceStage
from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import db, transaction
from app.places.models import Area, Category, Neighborhood
from tests.make.rows import kept, numbers


def neighborhood(**more: Any) -> Neighborhood:
    """A neighborhood with one area and one category."""
    n = next(numbers)
    facts = {
        "slug": f"riverside-{n}",
        "name": f"Riverside {n}",
        "summary": "",
        "time_zone": "UTC",
        "currency": "USD",
        "languages": ["en"],
    }
    row = Neighborhood(**facts | more)
    row.areas = [Area(name="Mill Lane", boundary=None)]
    row.categories = [Category(name="Street lighting", icon="lighting", position=1)]
    return kept(row)


def person(*, roles: tuple[Role, ...] = (), resident_of: Neighborhood | None = None, **more: Any) -> Person:
    """An account; with `roles` for the site, and a verified residence where `resident_of` says so."""
    n = next(numbers)
    facts = {
        "public_name": f"Ada {n}",
        "email": f"ada{n}@example.org",
        "locale": "en",
        "joined_at": now(),
        "is_staff": bool(roles),
        "active": True,
        "fs_uniquifier": secrets.token_hex(16),
    }
    row = Person(**facts | more)
    row.grants = [RoleGrant(role=role, neighborhood_id=None, starts_on=date(2020, 1, 1)) for role in roles]
    kept(row)
    if resident_of is not None:
        _residence(row, resident_of)
    return row


def _residence(row: Person, where: Neighborhood) -> None:
    clerk = Person(
        public_name="Clerk",
        email=f"clerk{next(numbers)}@example.org",
        locale="en",
        joined_at=now(),
        is_staff=True,
        active=True,
        fs_uniquifier=secrets.token_hex(16),
    )
    with transaction():
        db.session.add(clerk)
        db.session.flush()
        db.session.add(
            Residence(
                person_id=row.id,
                neighborhood_id=where.id,
                address="1 Mill Lane",
                stage=ResidenceStage.VERIFIED,
                registered_at=now(),
                decided_by_id=clerk.id,
                decided_at=now(),
            )
        )


def actor(*roles: Role, resident_of: Neighborhood | None = None) -> Actor:
    """Somebody who acts, with an account behind them."""
    return fresh(actor_of(person(roles=roles, resident_of=resident_of)))


def resident(where: Neighborhood) -> Actor:
    """A verified resident of `where`."""
    return actor(resident_of=where)


def fresh(who: Actor) -> Actor:
    """The same person, who has just proved who they are, with all that takes."""
    return replace(who, confirmed_at=now(), second_factor_at=now())


def account(of: Actor) -> Person:
    """The account behind an actor, to sign in a browser."""
    return db.session.get_one(Person, of.id)


def actor_for(holder: Person) -> Actor:
    """The actor behind an account."""
    return actor_of(holder)


def electorate(where: Neighborhood, size: int) -> list[Actor]:
    """So many verified residents of `where`, made in one go."""
    clerk = person()
    found = [
        Person(
            public_name=f"Voter {n}",
            email=f"voter{n}@example.org",
            locale="en",
            joined_at=now(),
            is_staff=False,
            active=True,
            fs_uniquifier=secrets.token_hex(16),
        )
        for n in (next(numbers) for _ in range(size))
    ]
    with transaction():
        db.session.add_all(found)
        db.session.flush()
        facts = {
            "neighborhood_id": where.id,
            "address": "1 Mill Lane",
            "stage": ResidenceStage.VERIFIED,
            "registered_at": now(),
            "decided_by_id": clerk.id,
            "decided_at": now(),
        }
        db.session.add_all(Residence(person_id=each.id, **facts) for each in found)
        return [Actor(id=each.id, name=each.public_name, resident_of=where.id) for each in found]
