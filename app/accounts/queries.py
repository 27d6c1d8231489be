"""Reading people: who acts in this request, with what they hold today, and what they see of themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.rules import DEMO_DOMAIN, ResidenceStage, holds_on, is_demo_address
from app.core.access import Actor, Grant, Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.places.models import Neighborhood


@dataclass(frozen=True, kw_only=True)
class ResidenceFacts:
    """Where somebody says they live and what a clerk found."""

    id: int
    person_id: int
    public_name: str
    email: str
    neighborhood_id: int
    neighborhood_name: str
    address: str
    born_on: date | None
    stage: ResidenceStage
    registered_at: datetime
    decided_at: datetime | None
    decision_note: str | None


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """What somebody sees of their own account."""

    id: int
    public_name: str
    email: str
    locale: str
    is_staff: bool
    has_app: bool
    recovery_codes_left: int
    residence: ResidenceFacts | None


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """Somebody invented whom the demo lets you be; `group` is "residents" or "staff"."""

    id: int
    name: str
    label: str
    group: str


def actor_of(person: Person) -> Actor:
    """The person as rules and policies see them today, outside of any browser."""
    home = person.residence
    return Actor(
        id=person.id,
        name=person.public_name,
        grants=grants_of(person.grants),
        resident_of=home_of(home.stage, home.neighborhood_id) if home is not None else None,
    )


Dated = RoleGrant | sa.Row[*tuple[Any, ...]]
"""A grant, or a row with its columns."""


def grants_of(given: Iterable[Dated]) -> frozenset[Grant]:
    """What somebody holds today of all they were given."""
    return frozenset(Grant(role=each.role, neighborhood_id=each.neighborhood_id) for each in given if is_held(each))


def home_of(stage: ResidenceStage | None, neighborhood_id: int | None) -> int | None:
    """Where somebody is a resident: only a clerk or a code makes a home of what they have said."""
    return neighborhood_id if stage is ResidenceStage.VERIFIED else None


def is_held(grant: Dated) -> bool:
    """Whether it holds today."""
    return grant.ended_at is None and holds_on(today(), starts_on=grant.starts_on, ends_on=grant.ends_on)


def person_with_email(email: str) -> Person | None:
    """The open account with this address."""
    return db.session.scalar(sa.select(Person).where(Person.email == email, Person.active))


def way_to_confirm(person_id: int, *, demo: bool) -> str:
    """How somebody proves once more who they are: "app", "mail" or, for invented people, "demo"."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    if demo and is_demo_address(person.email):
        return "demo"
    return "app" if person.is_staff or person.tf_totp_secret else "mail"


def account(person_id: int) -> AccountFacts:
    """Somebody's own account."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    return AccountFacts(
        id=person.id,
        public_name=person.public_name,
        email=person.email,
        locale=person.locale,
        is_staff=person.is_staff,
        has_app=person.tf_totp_secret is not None,
        recovery_codes_left=len(person.mf_recovery_codes or ()),
        residence=residence_of(person_id),
    )


def residence_of(person_id: int) -> ResidenceFacts | None:
    """Where somebody says they live."""
    row = db.session.execute(residences().where(Residence.person_id == person_id)).first()
    return None if row is None else ResidenceFacts(**row._mapping)


def residences() -> sa.Select[*tuple[Any, ...]]:
    """The columns of `ResidenceFacts`, to be narrowed down."""
    return (
        sa.select(
            Residence.id,
            Residence.person_id,
            Person.public_name,
            Person.email,
            Residence.neighborhood_id,
            Neighborhood.name.label("neighborhood_name"),
            Residence.address,
            Residence.born_on,
            Residence.stage,
            Residence.registered_at,
            Residence.decided_at,
            Residence.decision_note,
        )
        .join(Person, Person.id == Residence.person_id)
        .join(Neighborhood, Neighborhood.id == Residence.neighborhood_id)
    )


def demo_people() -> list[DemoPerson]:
    """Everybody the demo's sign-in page offers: invented people with a label, in the order they were made."""
    staff = sa.exists().where(RoleGrant.person_id == Person.id)
    query = sa.select(Person.id, Person.public_name, Person.demo_label, staff.label("staff"))
    invented = Person.email.endswith(DEMO_DOMAIN, autoescape=True)
    query = query.where(Person.demo_label.is_not(None), invented, Person.active)
    rows = db.session.execute(query.order_by(Person.id))
    return [
        DemoPerson(id=row.id, name=row.public_name, label=row.demo_label, group="staff" if row.staff else "residents")
        for row in rows
    ]


def residences_waiting(scope: frozenset[int] | None) -> tuple[int, datetime | None]:
    """How many residences wait for a clerk of `scope` (None: the whole site), and since when the first of them."""
    query = sa.select(sa.func.count(), sa.func.min(Residence.registered_at))
    query = query.where(Residence.stage == ResidenceStage.REGISTERED)
    if scope is not None:
        query = query.where(Residence.neighborhood_id.in_(scope))
    count, since = db.session.execute(query).one()
    return count, since


def holders(role: Role, neighborhood_id: int) -> list[int]:
    """The ids of those who hold a role today for a neighborhood or for the whole site, and have an open account."""
    here = sa.or_(RoleGrant.neighborhood_id.is_(None), RoleGrant.neighborhood_id == neighborhood_id)
    query = sa.select(RoleGrant).join(Person, Person.id == RoleGrant.person_id)
    query = query.where(RoleGrant.role == role, here, Person.active)
    return sorted({grant.person_id for grant in db.session.scalars(query) if is_held(grant)})


def named_holders(role: Role, neighborhood_id: int) -> dict[int, str]:
    """The same people by id, with the names that everybody reads."""
    query = sa.select(Person.id, Person.public_name).where(Person.id.in_(holders(role, neighborhood_id)))
    return {person_id: name for person_id, name in db.session.execute(query.order_by(Person.id))}


def a_clerk_exists() -> bool:
    """Whether anybody was ever made a clerk here."""
    return db.session.scalar(sa.select(sa.exists().where(RoleGrant.role == Role.CLERK))) is True
