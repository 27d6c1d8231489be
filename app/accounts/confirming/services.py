"""Proving once more who one is: with the second factor, with a mailed code, and in the demo by saying so."""

from flask_babel import gettext as _

from app.accounts.codes import services as codes
from app.accounts.codes.rules import Purpose
from app.accounts.codes.services import AskForCode
from app.accounts.confirming.events import IdentityConfirmed
from app.accounts.models import Person
from app.accounts.rules import is_demo_address
from app.accounts.staff.services import count_second_factor, use_second_factor
from app.accounts.visits import services as visits
from app.core.access import Actor
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish


def ask(*, by: Actor, place: str | None) -> str:
    """Mail somebody a code to their own address; returns the id of the request."""
    person = _without_an_app(by)
    ask_for = AskForCode(email=person.email, purpose=Purpose.SIGN_IN, locale=person.locale, place=place)
    return codes.ask(ask_for)


def confirm_with_app(visit: str, code: str, *, by: Actor) -> int:
    """Whoever has connected an app proves it with its code, or a recovery code; refused at the field `code`.

    Returns their id.
    """
    count_second_factor(by.id)
    with transaction():
        use_second_factor(by.id, code)
        return _confirmed(visit, by, with_second_factor=True)


def confirm_with_mail(visit: str, request_id: str, digits: str, *, by: Actor) -> int:
    """Other residents prove it with the digits we have mailed; refused at the field `code`. Returns their id."""
    codes.count_guess(request_id)
    with transaction():
        person = _without_an_app(by)
        used = codes.use_code(request_id, digits, purposes=frozenset({Purpose.SIGN_IN}))
        ensure(used.email == person.email, "wrong_code", _("This code was for another address."), field="code")
        return _confirmed(visit, by, with_second_factor=False)


def confirm_in_demo(visit: str, *, by: Actor) -> None:
    """Invented people say so. Only the view knows whether this is the demo."""
    with transaction():
        if not is_demo_address(_person(by).email):
            raise NotFound
        _confirmed(visit, by, with_second_factor=True)


def _confirmed(visit: str, by: Actor, *, with_second_factor: bool) -> int:
    visits.confirm(visit, with_second_factor=with_second_factor)
    publish(IdentityConfirmed(actor_id=by.id, person_id=by.id))
    return by.id


def _without_an_app(by: Actor) -> Person:
    """A mailed code is for residents without an app: whoever has one proves themselves with it, and nothing less."""
    person = _person(by)
    has_app = person.is_staff or person.tf_totp_secret is not None
    ensure_standing(not has_app, _("Confirm it with the code of your authenticator app."))
    return person


def _person(by: Actor) -> Person:
    person = db.session.get(Person, by.id)
    if person is None or not person.active:
        raise DomainError("gone", _("This account is closed."))
    return person
