"""What clerks do for people: verify where they live, grant and end roles, invite staff, help with a lost phone."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts import policies
from app.accounts.codes import services as codes
from app.accounts.codes.rules import Purpose
from app.accounts.codes.services import AskForCode
from app.accounts.events import ResidenceDecided, RoleEnded, RoleGranted, SecondFactorReset, StaffInvited
from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.rules import ResidenceStage, overlaps
from app.accounts.services import new_person
from app.accounts.visits import services as visits
from app.core.access import Actor, Role
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish


@dataclass(frozen=True, kw_only=True)
class DecideResidence:
    """What a clerk found; `seen` is when the residence they looked at was registered."""

    verified: bool
    note: str
    seen: str


@dataclass(frozen=True, kw_only=True)
class GrantRole:
    """A role for the site (None) or a neighborhood, from a day until a day (None: until further notice)."""

    role: Role
    neighborhood_id: int | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class InviteStaff:
    """Somebody who is to work here."""

    public_name: str
    email: str
    locale: str


def decide_residence(residence_id: int, command: DecideResidence, *, by: Actor) -> Residence:
    """Verify or refuse a residence; a decision may be corrected, and the resident reads the note."""
    with transaction():
        residence = locked(Residence, residence_id)
        if residence is None:
            raise NotFound
        allowed = policies.may_decide_residence(
            by, person_id=residence.person_id, neighborhood_id=residence.neighborhood_id
        )
        ensure_standing(allowed, _("You decide on residences of your neighborhood, and never on your own."))
        wanted = ResidenceStage.VERIFIED if command.verified else ResidenceStage.REFUSED
        changed = _("This residence has changed since you opened it. Please look at it again.")
        ensure(residence.registered_at.isoformat() == command.seen, "changed", changed)
        ensure(residence.stage is not wanted, "decided", _("This has been decided already."))
        ensure(command.verified or len(command.note) >= 10, "no_note", _("Say why, in a sentence."), field="note")
        residence.stage, residence.decision_note = wanted, command.note or None
        residence.decided_by_id, residence.decided_by_code, residence.decided_at = by.id, False, now()
        publish(
            ResidenceDecided(
                actor_id=by.id,
                person_id=residence.person_id,
                neighborhood_id=residence.neighborhood_id,
                verified=command.verified,
                note=command.note,
            )
        )
    return residence


def grant(person_id: int, command: GrantRole, *, by: Actor) -> int:
    """Give somebody a role. They sign in as staff from then on, so every visit ends; returns the id of the grant."""
    allowed = policies.may_grant(by, person_id=person_id, neighborhood_id=command.neighborhood_id)
    ensure_standing(allowed, _("You grant roles for your own neighborhoods, and never to yourself."))
    backwards = command.ends_on is not None and command.ends_on < max(command.starts_on, today())
    ensure(not backwards, "ends_early", _("The last day must not be before the first, nor past."), field="ends_on")
    with transaction():
        person = _account(person_id)
        ensure(not _is_doubled(person_id, command), "doubled", _("They hold this role in these days."), field="role")
        row = RoleGrant(
            person_id=person_id,
            role=command.role,
            neighborhood_id=command.neighborhood_id,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            granted_by_id=by.id,
            granted_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        _make_staff(person)
        publish(
            RoleGranted(
                actor_id=by.id,
                person_id=person_id,
                grant_id=row.id,
                role=command.role,
                neighborhood_id=command.neighborhood_id,
                starts_on=command.starts_on,
                ends_on=command.ends_on,
            )
        )
        return row.id


def end_grant(grant_id: int, *, by: Actor) -> None:
    """End a role now. The site always keeps a clerk."""
    with transaction():
        row = locked(RoleGrant, grant_id)
        if row is None:
            raise NotFound
        allowed = policies.may_end_grant(by, neighborhood_id=row.neighborhood_id)
        ensure_standing(allowed, _("You end roles of your own neighborhoods."))
        over = row.ended_at is not None or (row.ends_on is not None and row.ends_on < today())
        ensure(not over, "over", _("This role has ended already."))
        alone = _("This is the last clerk of the site. Grant the role to somebody else first.")
        ensure(not _is_last_clerk(row), "last_clerk", alone)
        row.ended_at, row.ended_by_id = now(), by.id
        visits.end_all(row.person_id)
        publish(
            RoleEnded(
                actor_id=by.id,
                person_id=row.person_id,
                grant_id=row.id,
                role=row.role,
                neighborhood_id=row.neighborhood_id,
            )
        )


def invite(command: InviteStaff, *, by: Actor) -> int:
    """An account for somebody who is to work here; a mail lets them choose a password. Returns the person's id."""
    ensure_standing(policies.may_invite(by), _("Only clerks invite staff."))
    with transaction():
        taken = db.session.scalar(sa.select(Person.id).where(Person.email == command.email))
        known = _("This address has an account. Find it in the list and grant a role.")
        ensure(taken is None, "taken", known, field="email")
        person = new_person(command.public_name, command.email, command.locale, is_staff=True)
        _send_invitation(person)
        publish(StaffInvited(actor_id=by.id, person_id=person.id))
        return person.id


def reset_second_factor(person_id: int, *, by: Actor) -> None:
    """Let somebody who lost their phone connect a new app at their next sign-in."""
    allowed = policies.may_reset_second_factor(by, person_id=person_id)
    ensure_standing(allowed, _("Only a clerk of the site does this, and never for themselves."))
    with transaction():
        person = _account(person_id)
        person.tf_totp_secret = person.tf_last_counter = person.mf_recovery_codes = None
        visits.end_all(person_id)
        publish(SecondFactorReset(actor_id=by.id, person_id=person_id))


def _account(person_id: int) -> Person:
    person = locked(Person, person_id)
    if person is None or not person.active:
        raise NotFound
    return person


def _make_staff(person: Person) -> None:
    person.is_staff = True
    visits.end_all(person.id)
    if person.password is None and person.demo_label is None:
        _send_invitation(person)


def _send_invitation(person: Person) -> None:
    codes.request_code(AskForCode(email=person.email, purpose=Purpose.INVITATION, locale=person.locale))


def _is_doubled(person_id: int, command: GrantRole) -> bool:
    query = sa.select(RoleGrant.starts_on, RoleGrant.ends_on).where(
        RoleGrant.person_id == person_id,
        RoleGrant.role == command.role,
        RoleGrant.neighborhood_id.is_not_distinct_from(command.neighborhood_id),
        RoleGrant.ended_at.is_(None),
    )
    others = [(row.starts_on, row.ends_on) for row in db.session.execute(query)]
    return overlaps(command.starts_on, command.ends_on, others)


def _is_last_clerk(row: RoleGrant) -> bool:
    if row.role is not Role.CLERK or row.neighborhood_id is not None:
        return False
    others = sa.select(RoleGrant.id).where(
        RoleGrant.role == Role.CLERK,
        RoleGrant.neighborhood_id.is_(None),
        RoleGrant.ended_at.is_(None),
        sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today()),
        RoleGrant.starts_on <= today(),
        RoleGrant.id != row.id,
    )
    # Every clerk's grant is locked, so that two clerks cannot end each other at the same moment.
    return not list(db.session.scalars(others.with_for_update()))
