"""The verbs of offers: make one, accept it, decline it, take it back."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.taskforces.models import TaskForce
from app.taskforces.organizations.models import Organization
from app.taskforces.seats.events import SeatFilled
from app.taskforces.seats.models import Seat
from app.taskforces.seats.offers import policies
from app.taskforces.seats.offers.events import SeatDeclined, SeatOffered, SeatOfferTakenBack
from app.taskforces.seats.offers.models import SeatOffer
from app.taskforces.seats.offers.rules import Ending, first_day
from app.taskforces.seats.rules import ONE_A_SIDE, Held, SeatKind, Side, why_not_young
from app.taskforces.seats.services import body_of, ensure_filler, ensure_free, refuse


@dataclass(frozen=True, kw_only=True)
class OfferSeat:
    """Which seat, to whom (by e-mail address), nominated by whom, from when until when.

    A youth seat needs the first name to show and the day on the guardian's consent (rule 32).
    """

    kind: SeatKind
    side: Side
    email: str
    organization_id: int
    starts_on: date
    ends_on: date | None = None
    shown_as: str | None = None
    consent_on: date | None = None


def offer(task_force_id: int, command: OfferSeat, *, by: Actor) -> SeatOffer:
    """Offer a seat to a nominated person, as far as it could be held."""
    with transaction():
        body = body_of(task_force_id)
        ensure_filler(body, by)
        person = _person(command.email)
        _ensure_known(body, command)
        on = today(body.neighborhood.time_zone)
        refuse(why_not_young(command.kind, shown_as=command.shown_as, consent_on=command.consent_on, today=on))
        row = _offered(body, command, person, by)
        ensure_free(body, _held(row, row.starts_on))
        _ensure_alone(row)
        db.session.add(row)
        db.session.flush()
        publish(
            SeatOffered(
                actor_id=by.id,
                offer_id=row.id,
                task_force_id=body.id,
                kind=row.kind,
                side=row.side,
                person_id=person.id,
                organization_id=row.organization_id,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
            )
        )
    return row


def accept(offer_id: int, *, by: Actor) -> Seat:
    """Take the seat that one is offered, from today on or from the day it begins."""
    with transaction():
        row, body = _waiting(offer_id)
        yours = _("Only the person it was offered to can accept this seat.")
        ensure_standing(policies.may_answer(by, person_id=row.person_id), yours)
        return _accepted(row, body, by, on_paper=False)


def accept_on_paper(offer_id: int, *, by: Actor) -> Seat:
    """Write down that somebody has accepted on a signed paper."""
    with transaction():
        row, body = _waiting(offer_id)
        allowed = policies.may_attest(by, person_id=row.person_id, neighborhood_id=body.neighborhood_id)
        ensure_standing(allowed, _("Only another clerk here can write down what was signed on paper."))
        return _accepted(row, body, by, on_paper=True)


def decline(offer_id: int, *, by: Actor) -> None:
    """Say no to a seat."""
    with transaction():
        row, body = _waiting(offer_id)
        yours = _("Only the person it was offered to can decline this seat.")
        ensure_standing(policies.may_answer(by, person_id=row.person_id), yours)
        _end(row, Ending.DECLINED, by)
        publish(SeatDeclined(actor_id=by.id, offer_id=row.id, task_force_id=body.id, person_id=row.person_id))


def take_back(offer_id: int, *, by: Actor) -> None:
    """No longer offer a seat."""
    with transaction():
        row, body = _waiting(offer_id)
        ensure_filler(body, by)
        _end(row, Ending.TAKEN_BACK, by)
        publish(SeatOfferTakenBack(actor_id=by.id, offer_id=row.id, task_force_id=body.id, person_id=row.person_id))


def _offered(body: TaskForce, command: OfferSeat, person: Person, by: Actor) -> SeatOffer:
    young = command.kind is SeatKind.YOUTH
    return SeatOffer(
        task_force_id=body.id,
        kind=command.kind,
        side=command.side,
        person_id=person.id,
        organization_id=command.organization_id,
        shown_as=command.shown_as if young else None,
        consent_on=command.consent_on if young else None,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        offered_by_id=by.id,
        offered_at=now(),
        on_paper=False,
    )


def _accepted(row: SeatOffer, body: TaskForce, by: Actor, *, on_paper: bool) -> Seat:
    on = first_day(row.starts_on, today(body.neighborhood.time_zone), on_paper=on_paper)
    ensure(row.ends_on is None or on <= row.ends_on, "is_over", _("This term is over. Ask the office for a new offer."))
    ensure_free(body, _held(row, on))
    _close_vacant(row, on)
    seat = Seat(
        task_force_id=body.id,
        kind=row.kind,
        side=row.side,
        person_id=row.person_id,
        organization_id=row.organization_id,
        nominated_by=row.organization.name,
        shown_as=row.shown_as,
        consent_on=row.consent_on,
        starts_on=on,
        ends_on=row.ends_on,
        accepted_at=now(),
    )
    db.session.add(seat)
    db.session.flush()
    row.seat_id, row.on_paper = seat.id, on_paper
    _end(row, Ending.ACCEPTED, by)
    publish(_filled(row, seat, by))
    return seat


def _filled(row: SeatOffer, seat: Seat, by: Actor) -> SeatFilled:
    return SeatFilled(
        actor_id=by.id,
        seat_id=seat.id,
        offer_id=row.id,
        task_force_id=seat.task_force_id,
        kind=seat.kind,
        side=seat.side,
        person_id=row.person_id,
        organization_id=row.organization_id,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
        on_paper=row.on_paper,
    )


def _waiting(offer_id: int) -> tuple[SeatOffer, TaskForce]:
    """An offer that nobody has answered, with the seats of its neighborhood locked."""
    found = db.session.get(SeatOffer, offer_id)
    if found is None:
        raise NotFound
    body = body_of(found.task_force_id)
    row = locked(SeatOffer, offer_id)
    assert row is not None
    ensure(row.ending is None, "answered", _("This offer has been answered or taken back already."))
    return row, body


def _end(row: SeatOffer, ending: Ending, by: Actor) -> None:
    row.ending, row.ended_at, row.ended_by_id = ending, now(), by.id
    db.session.flush()


def _held(row: SeatOffer, starts_on: date) -> Held:
    return Held(
        task_force_id=row.task_force_id,
        kind=row.kind,
        side=row.side,
        person_id=row.person_id,
        starts_on=starts_on,
        ends_on=row.ends_on,
    )


def _person(email: str) -> Person:
    person = db.session.scalar(sa.select(Person).where(sa.func.lower(Person.email) == email.strip().lower()))
    message = _("Nobody here has an account with this address. Ask them to join first.")
    ensure(person is not None and person.active, "no_account", message, field="email")
    assert person is not None
    return person


def _ensure_known(body: TaskForce, command: OfferSeat) -> None:
    organization = db.session.get(Organization, command.organization_id)
    here = organization is not None and organization.neighborhood_id == body.neighborhood_id
    ensure(here, "foreign", _("Choose an organization of this neighborhood."), field="organization_id")
    late = _("The last day cannot be before the first.")
    in_order = command.ends_on is None or command.ends_on >= command.starts_on
    ensure(in_order, "before_it_starts", late, field="ends_on")


def _ensure_alone(row: SeatOffer) -> None:
    mine = sa.select(SeatOffer.kind, SeatOffer.side, SeatOffer.person_id).where(
        SeatOffer.task_force_id == row.task_force_id, SeatOffer.ending.is_(None)
    )
    waiting = db.session.execute(mine).all()
    asked = _("This person is offered a seat here already and has not answered yet.")
    ensure(all(person != row.person_id for _kind, _side, person in waiting), "already_asked", asked, field="email")
    seat = (row.kind, row.side)
    taken = row.kind in ONE_A_SIDE and any((kind, side) == seat for kind, side, _person in waiting)
    offered = _("This seat is offered to somebody already. Take that offer back first.")
    ensure(not taken, "offered", offered, field="email")


def _close_vacant(row: SeatOffer, on: date) -> None:
    """A vacant chair that is on record as a row of its own ends where its new holder begins."""
    vacant = sa.select(Seat).where(
        Seat.task_force_id == row.task_force_id,
        Seat.kind == row.kind,
        Seat.side == row.side,
        Seat.person_id.is_(None),
        Seat.ends_on.is_(None),
    )
    for seat in db.session.scalars(vacant):
        seat.ends_on = max(seat.starts_on, on)
    db.session.flush()
