"""What a clerk sees of people: the residences of their neighborhoods, accounts, and who held which role when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.policies import clerk_scope
from app.accounts.queries import ResidenceFacts, residences
from app.accounts.rules import ResidenceStage, holds_on
from app.core.access import Actor, Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, page_of
from app.places.models import Neighborhood

SIZE = 20


@dataclass(frozen=True, kw_only=True)
class PersonCard:
    """A line of the list of people."""

    id: int
    public_name: str
    email: str
    is_staff: bool
    residence: ResidenceStage | None
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class GrantFacts:
    """A role somebody holds, held or will hold."""

    id: int
    role: Role
    neighborhood_name: str | None
    starts_on: date
    ends_on: date | None
    granted_by: str | None
    ended_at: datetime | None
    ended_by: str | None

    def stage(self) -> str:
        """Where it is today: "held", "ahead" or "over"."""
        if self.ended_at is not None or (self.ends_on is not None and self.ends_on < today()):
            return "over"
        return "held" if holds_on(today(), starts_on=self.starts_on, ends_on=self.ends_on) else "ahead"


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """An account, for the clerk."""

    id: int
    public_name: str
    email: str
    is_staff: bool
    has_password: bool
    has_app: bool
    joined_at: datetime
    residence: ResidenceFacts | None
    grants: tuple[GrantFacts, ...]


def waiting(actor: Actor, *, words: str = "", stage: ResidenceStage | None, number: int = 1) -> Page[ResidenceFacts]:
    """Residences in the clerk's neighborhoods, the longest waiting first; `words` occur in name, e-mail or address."""
    query = _in_scope(actor, residences())
    if stage is not None:
        query = query.where(Residence.stage == stage)
    if words:
        columns = (Person.public_name, Person.email, Residence.address)
        query = query.where(sa.or_(*(c.icontains(words, autoescape=True) for c in columns)))
    query = query.order_by(Residence.registered_at, Residence.id)
    return page_of(query, number=number, size=SIZE, row=_residence)


def residence(actor: Actor, residence_id: int) -> ResidenceFacts:
    """One residence of the clerk's neighborhoods; NotFound for any other."""
    row = db.session.execute(_in_scope(actor, residences()).where(Residence.id == residence_id)).first()
    if row is None:
        raise NotFound
    return _residence(*row)


def people(actor: Actor, *, words: str = "", number: int = 1) -> Page[PersonCard]:
    """Accounts the clerk works with, by name."""
    query = sa.select(Person.id, Person.public_name, Person.email, Person.is_staff, Residence.stage)
    query = query.outerjoin(Residence, Residence.person_id == Person.id).where(_known_to(actor))
    if words:
        query = query.where(sa.or_(*(c.icontains(words, autoescape=True) for c in (Person.public_name, Person.email))))
    query = query.order_by(Person.public_name, Person.id)
    found = page_of(query, number=number, size=SIZE, row=lambda *columns: columns)
    held = _held_roles([row[0] for row in found.items])
    cards = [
        PersonCard(id=r[0], public_name=r[1], email=r[2], is_staff=r[3], residence=r[4], roles=held.get(r[0], ()))
        for r in found.items
    ]
    return found.told(cards)


def person(actor: Actor, person_id: int) -> PersonFacts:
    """One account with its grants, the newest first; NotFound for one the clerk has nothing to do with."""
    row = db.session.scalar(sa.select(Person).where(Person.id == person_id, _known_to(actor)))
    if row is None:
        raise NotFound
    home = db.session.execute(residences().where(Residence.person_id == person_id)).first()
    return PersonFacts(
        id=row.id,
        public_name=row.public_name,
        email=row.email,
        is_staff=row.is_staff,
        has_password=row.password is not None,
        has_app=row.tf_totp_secret is not None,
        joined_at=row.joined_at,
        residence=None if home is None else _residence(*home),
        grants=_grants(person_id),
    )


def grant_of(person: PersonFacts, grant_id: int) -> GrantFacts:
    """One of somebody's grants; NotFound for anybody else's."""
    for grant in person.grants:
        if grant.id == grant_id:
            return grant
    raise NotFound


def _grants(person_id: int) -> tuple[GrantFacts, ...]:
    giver, ender = aliased(Person), aliased(Person)
    query = (
        sa.select(
            RoleGrant.id,
            RoleGrant.role,
            Neighborhood.name.label("neighborhood_name"),
            RoleGrant.starts_on,
            RoleGrant.ends_on,
            giver.public_name.label("granted_by"),
            RoleGrant.ended_at,
            ender.public_name.label("ended_by"),
        )
        .outerjoin(Neighborhood, Neighborhood.id == RoleGrant.neighborhood_id)
        .outerjoin(giver, giver.id == RoleGrant.granted_by_id)
        .outerjoin(ender, ender.id == RoleGrant.ended_by_id)
    )
    rows = db.session.execute(query.where(RoleGrant.person_id == person_id).order_by(RoleGrant.id.desc()))
    return tuple(GrantFacts(**row._mapping) for row in rows)


def _held_roles(person_ids: list[int]) -> dict[int, tuple[Role, ...]]:
    query = sa.select(RoleGrant.person_id, RoleGrant.role).where(
        RoleGrant.person_id.in_(person_ids),
        RoleGrant.ended_at.is_(None),
        RoleGrant.starts_on <= today(),
        sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today()),
    )
    held: dict[int, list[Role]] = {}
    for person_id, role in db.session.execute(query.order_by(RoleGrant.id)):
        held.setdefault(person_id, []).append(role)
    return {person_id: tuple(dict.fromkeys(roles)) for person_id, roles in held.items()}


def _in_scope(actor: Actor, query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    scope = clerk_scope(actor)
    return query if scope is None else query.where(Residence.neighborhood_id.in_(scope))


def _known_to(actor: Actor) -> sa.ColumnElement[bool]:
    """A clerk of the site knows everybody; a neighborhood's clerk, who lives or works there."""
    scope = clerk_scope(actor)
    if scope is None:
        return sa.true()
    lives = sa.exists().where(Residence.person_id == Person.id, Residence.neighborhood_id.in_(scope))
    works = sa.exists().where(RoleGrant.person_id == Person.id, RoleGrant.neighborhood_id.in_(scope))
    return sa.or_(lives.correlate(Person), works.correlate(Person))


def _residence(*columns: Any) -> ResidenceFacts:
    names = [str(column.key) for column in residences().selected_columns]
    return ResidenceFacts(**dict(zip(names, columns, strict=True)))
