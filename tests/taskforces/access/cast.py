"""One of each kind of person, twice: of the task force or neighborhood that a page is about, and of another one."""

from collections.abc import Iterator, Mapping
from datetime import date

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person, RoleGrant
from app.core.access import Actor, Role
from app.core.db import db, transaction
from app.taskforces.models import TaskForce
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import SeatKind, Side
from tests import make
from tests.browser import Browser

OWN, FOREIGN = "own", "foreign"
SEATS = {
    "community": (SeatKind.CO_CHAIR, Side.COMMUNITY),
    "institution": (SeatKind.CO_CHAIR, Side.INSTITUTION),
    "deputy": (SeatKind.DEPUTY, Side.COMMUNITY),
    "member": (SeatKind.MEMBER, Side.COMMUNITY),
    "observing": (SeatKind.OBSERVER, Side.COMMUNITY),
    "youth": (SeatKind.YOUTH, Side.COMMUNITY),
    "secretary": (SeatKind.SECRETARY, Side.INSTITUTION),
}
"""Who sits in a task force: in every one of the demo, or in another one of the same neighborhood."""
ROLES = ("resident", *SEATS, *(role.value for role in Role))
"""Residence and roles are of the neighborhood of the demo, or of another one."""
PLACES = [("visitor", ""), *((role, place) for role in ROLES for place in (OWN, FOREIGN))]
"""Who tries each page, in the order in which the table has them."""

Cast = Mapping[tuple[str, str], Person]


def cast() -> Cast:
    """Everybody but the visitor; the demo's co-chairs and deputies leave their seats to them."""
    bodies = list(db.session.scalars(sa.select(TaskForce)))
    here, elsewhere = bodies[0].neighborhood, make.neighborhood()
    other = make.task_force(where=here)
    people = {("resident", OWN): make.resident(here), ("resident", FOREIGN): make.resident(elsewhere)}
    for name, seat in SEATS.items():
        people[name, FOREIGN] = make.seated(other, *seat)
        people[name, OWN] = _seated_in_all(bodies, *seat)
    for role in Role:
        for place, where in ((OWN, here), (FOREIGN, elsewhere)):
            people[role.value, place] = _granted(role, where.id)
    return {who: make.account(actor) for who, actor in people.items()}


def _seated_in_all(bodies: list[TaskForce], kind: SeatKind, side: Side) -> Actor:
    """Somebody in a seat of each task force; where there is one of a kind only, it is taken over."""
    holder = make.actor()
    young = {"shown_as": "Noor", "consent_on": date(2025, 12, 1)} if kind is SeatKind.YOUTH else {}
    with transaction():
        for body in bodies:
            of_body = (Seat.task_force_id == body.id, Seat.kind == kind, Seat.side == side, Seat.ends_on.is_(None))
            seat = db.session.scalars(sa.select(Seat).where(*of_body)).first()
            if seat is None or kind not in (SeatKind.CO_CHAIR, SeatKind.DEPUTY):
                seat = Seat(task_force=body, kind=kind, side=side, nominated_by="", starts_on=date(2026, 1, 1), **young)
                db.session.add(seat)
            seat.person_id = holder.id
    return holder


def _granted(role: Role, neighborhood_id: int) -> Actor:
    person = make.person()
    with transaction():
        facts = {"role": role, "neighborhood_id": neighborhood_id, "starts_on": date(2020, 1, 1)}
        db.session.add(RoleGrant(person_id=person.id, **facts))
    return make.actor_for(person)


def clients(app: Flask, people: Cast) -> Iterator[tuple[tuple[str, str], FlaskClient]]:
    """Everybody's browser; the visitor's is signed in as nobody."""
    yield ("visitor", ""), app.test_client()
    for who, person in people.items():
        yield who, Browser(app).sign_in(person).client
