"""What people do with their own account: join, say where they live, change how they are called."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.codes import services as codes
from app.accounts.codes.rules import Purpose
from app.accounts.codes.services import AskForCode, Used
from app.accounts.events import (
    DetailsChanged,
    FirstClerkMade,
    PersonJoined,
    ResidenceDecided,
    ResidenceRegistered,
    SignedOutEverywhere,
)
from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.queries import a_clerk_exists, person_with_email
from app.accounts.rules import NOWHERE, ResidenceStage, is_demo_address
from app.accounts.visits import services as visits
from app.core.access import Actor, Role
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NoStanding, NotFound, ensure
from app.core.events import publish
from app.places.models import Neighborhood

ENTRANCES = frozenset({Purpose.SIGN_IN, Purpose.JOIN})


@dataclass(frozen=True, kw_only=True)
class RegisterResidence:
    """Where somebody says they live."""

    neighborhood_id: int
    address: str
    born_on: date | None


@dataclass(frozen=True, kw_only=True)
class Join:
    """Who somebody is, with an address they have just shown to be theirs."""

    email: str
    public_name: str
    locale: str
    residence: RegisterResidence


@dataclass(frozen=True, kw_only=True)
class AskToJoin:
    """The same before the address is confirmed; `place` is where the request came from."""

    join: Join
    place: str | None


@dataclass(frozen=True, kw_only=True)
class ChangeDetails:
    """How somebody wants to be called, and in which language we write to them."""

    public_name: str
    locale: str


@dataclass(frozen=True, kw_only=True)
class MakeFirstClerk:
    """The first clerk of a new site; `password_hash` is made by the library beforehand."""

    public_name: str
    email: str
    locale: str
    password_hash: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A sign-in that has just been completed: whose, and the key of the new visit."""

    person: Person
    key: str


def ask_to_join(command: AskToJoin) -> str:
    """Send a code to the address; the account is made when it comes back. Returns the id of the request."""
    wish, home = command.join, command.join.residence
    facts = {
        "public_name": wish.public_name,
        "neighborhood_id": home.neighborhood_id,
        "address": home.address,
        "born_on": home.born_on.isoformat() if home.born_on else None,
    }
    return codes.ask(
        AskForCode(email=wish.email, purpose=Purpose.JOIN, locale=wish.locale, place=command.place, facts=facts)
    )


def enter_with_code(request_id: str, digits: str) -> Entry:
    """Sign in, or finish joining, with the digits from a mail; all of it happens or none."""
    codes.count_guess(request_id)
    with transaction():
        return _enter(codes.use_code(request_id, digits, purposes=ENTRANCES))


def enter_with_link(token: str) -> Entry:
    """The same with the link from a mail."""
    with transaction():
        return _enter(codes.use_link(token, purposes=ENTRANCES))


def enter_demo(person_id: int) -> Entry:
    """Be somebody invented; only the people whom the demo offers, and only the view knows whether this is the demo."""
    with transaction():
        person = db.session.get(Person, person_id)
        if person is None or person.demo_label is None or not is_demo_address(person.email) or not person.active:
            raise NotFound
        return Entry(person=person, key=visits.begin(person, with_second_factor=person.is_staff))


def join(command: Join) -> Person:
    """The account of this address: a new one, or, unchanged, the one it already has."""
    with transaction():
        known = person_with_email(command.email)
        if known is not None:
            return known
        person = new_person(command.public_name, command.email, command.locale, is_staff=False)
        publish(PersonJoined(actor_id=person.id, person_id=person.id))
        _register(person.id, command.residence)
    return person


def register_residence(command: RegisterResidence, *, by: Actor) -> None:
    """Say where you live, or that you have moved: a clerk has to verify it (again)."""
    with transaction():
        locked(Person, by.id)
        _register(by.id, command)


def verify_by_code(residence_id: int) -> None:
    """A code sent by post to the address has come back, so somebody does live there; joins an open transaction."""
    with transaction():
        residence = locked(Residence, residence_id)
        if residence is None:
            raise NotFound
        residence.stage, residence.decided_by_code, residence.decided_at = ResidenceStage.VERIFIED, True, now()
        residence.decided_by_id = residence.decision_note = None
        told = ResidenceDecided(
            actor_id=residence.person_id,
            person_id=residence.person_id,
            neighborhood_id=residence.neighborhood_id,
            verified=True,
            note=_("Verified by a code sent by post."),
        )
        publish(told)


def change_details(command: ChangeDetails, *, by: Actor) -> None:
    """Be called differently from now on."""
    with transaction():
        person = locked(Person, by.id)
        if person is None:
            raise NotFound
        person.public_name, person.locale = command.public_name, command.locale
        publish(DetailsChanged(actor_id=by.id, person_id=by.id, public_name=command.public_name))


def sign_out_everywhere(*, by: Actor) -> None:
    """End every visit of a person, this one too."""
    with transaction():
        visits.end_all(by.id)
        publish(SignedOutEverywhere(actor_id=by.id, person_id=by.id))


def make_first_clerk(command: MakeFirstClerk) -> Person:
    """The person who can let all others in; refused once there is one."""
    with transaction():
        ensure(not a_clerk_exists(), "clerk_exists", _("This site has a clerk already."))
        ensure(person_with_email(command.email) is None, "email_taken", _("This address has an account already."))
        person = new_person(command.public_name, command.email, command.locale, is_staff=True)
        person.password = command.password_hash
        person.grants = [RoleGrant(role=Role.CLERK, neighborhood_id=None, starts_on=today())]
        publish(FirstClerkMade(actor_id=None, person_id=person.id))
    return person


def _enter(used: Used) -> Entry:
    person = person_with_email(used.email)
    if person is None and used.purpose is Purpose.JOIN:
        person = join(Join(email=used.email, **_answers(used)))
    if person is None or person.is_staff:
        raise NoStanding("staff_or_gone", _("This address does not sign in with a code."))
    return Entry(person=person, key=visits.begin(person))


def _answers(used: Used) -> dict[str, Any]:
    """What somebody typed to join, as `AskToJoin.facts` wrote it down."""
    born_on = used.facts["born_on"]
    residence = RegisterResidence(
        neighborhood_id=used.facts["neighborhood_id"],
        address=used.facts["address"],
        born_on=date.fromisoformat(born_on) if born_on else None,
    )
    return {"public_name": used.facts["public_name"], "locale": used.locale, "residence": residence}


def new_person(public_name: str, email: str, locale: str, *, is_staff: bool, active: bool = True) -> Person:
    """A row for a new account, in the open transaction."""
    person = Person(
        public_name=public_name,
        email=email,
        locale=locale,
        joined_at=now(),
        is_staff=is_staff,
        active=active,
        fs_uniquifier=secrets.token_hex(32),
    )
    db.session.add(person)
    db.session.flush()
    return person


def person_without_account(public_name: str, locale: str, *, paper: str) -> Person:
    """Somebody whose act came on paper: a name and a language, nobody who signs in or gets mail. `paper` names
    what they came with, each once; joins an open transaction."""
    return new_person(public_name, paper + NOWHERE, locale, is_staff=False, active=False)


def _register(person_id: int, command: RegisterResidence) -> None:
    if db.session.get(Neighborhood, command.neighborhood_id) is None:
        raise NotFound
    residence = db.session.scalar(sa.select(Residence).where(Residence.person_id == person_id).with_for_update())
    if residence is None:
        residence = Residence(person_id=person_id)
        db.session.add(residence)
    residence.neighborhood_id = command.neighborhood_id
    residence.address, residence.born_on = command.address, command.born_on
    residence.stage, residence.registered_at = ResidenceStage.REGISTERED, now()
    residence.decided_by_id = residence.decided_at = residence.decision_note = None
    residence.decided_by_code = False
    db.session.flush()
    told = ResidenceRegistered(
        actor_id=person_id, person_id=person_id, neighborhood_id=command.neighborhood_id, address=command.address
    )
    publish(told)
