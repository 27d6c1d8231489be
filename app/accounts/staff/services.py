"""Signing in with a password and a second factor; choosing a password, connecting an app, making recovery codes.

Slow hashing happens outside transactions. A code of the app and a recovery code each work once.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from app.accounts.codes import services as codes
from app.accounts.codes.rules import Purpose
from app.accounts.events import PasswordSet, RecoveryCodesMade, SecondFactorEnrolled, StaffSignedIn
from app.accounts.models import Person
from app.accounts.queries import person_with_email
from app.accounts.rules import PASSWORD_LEAST, PASSWORD_MOST, PasswordFault, fault_of_password
from app.accounts.services import Entry
from app.accounts.sign_in import fits, hashed, totp
from app.accounts.staff.rules import (
    CLOCK_SKEW_SECONDS,
    RECOVERY_CODES,
    TRIES,
    TRIES_FOR_ONE_ACCOUNT,
    TRIES_FROM_ONE_PLACE,
    WINDOW,
    is_recovery_code,
)
from app.accounts.visits import services as visits
from app.accounts.visits.rules import is_fresh
from app.core.access import Actor
from app.core.clock import now
from app.core.db import locked, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.core.limits import count_try

FOR_PASSWORDS = frozenset({Purpose.PASSWORD, Purpose.INVITATION})


@dataclass(frozen=True, kw_only=True)
class CheckPassword:
    """An address, a password, and where they came from."""

    email: str
    password: str
    place: str


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """A sign-in completed by connecting an app, with the recovery codes that are shown this once."""

    entry: Entry
    recovery_codes: list[str]


def check_password(command: CheckPassword) -> Person:
    """Whose password this is; refused in the same words and as slowly for an address without one."""
    count_try("password from", command.place, limit=TRIES_FROM_ONE_PLACE, window=WINDOW)
    count_try("password", f"{command.email}\n{command.place}", limit=TRIES, window=WINDOW)
    count_try("password of", command.email, limit=TRIES_FOR_ONE_ACCOUNT, window=WINDOW)
    person = person_with_email(command.email)
    kept = person.password if person is not None and person.is_staff else None
    if not fits(command.password, kept) or person is None:
        raise DomainError("wrong_password", _("This e-mail address and password do not fit."), field="password")
    return person


def complete(person_id: int, code: str) -> Entry:
    """The second half: a code of the app, or a recovery code; refused at the field `code`."""
    count_second_factor(person_id)
    with transaction():
        recovered = use_second_factor(person_id, code)
        publish(StaffSignedIn(actor_id=person_id, person_id=person_id, with_recovery_code=recovered))
        person = _account(person_id)
        return Entry(person=person, key=visits.begin(person, with_second_factor=True))


def use_second_factor(person_id: int, code: str) -> bool:
    """Use up a code of the app or a recovery code, inside a transaction; refused at the field `code`.

    Returns whether it was a recovery code. Count the try before: a refusal takes everything in the transaction back.
    """
    text = "".join(code.lower().split())
    person = _holder(person_id)
    recovered = is_recovery_code(text)
    right = _use_recovery_code(person, text) if recovered else _fits_app(person, text, person.tf_totp_secret)
    ensure(right, "wrong_code", _("This code does not fit. Wait for the next one and try again."), field="code")
    return recovered


def count_second_factor(person_id: int) -> None:
    """Count one try at the second factor of an account; raises TooMany."""
    count_try("second factor", str(person_id), limit=TRIES, window=WINDOW)


def enroll(person_id: int, secret: str, code: str) -> Enrolled:
    """Connect the app that shows `code` for `secret`, once, and complete the sign-in with it."""
    count_second_factor(person_id)
    with transaction():
        person = _account(person_id)
        made = connect_app(person, secret, code)
        return Enrolled(
            entry=Entry(person=person, key=visits.begin(person, with_second_factor=True)), recovery_codes=made
        )


def connect_app(person: Person, secret: str, code: str) -> list[str]:
    """Connect the app that shows `code` for `secret`, once; returns the recovery codes. Joins an open transaction.

    Count the try before. Refused at the field `code`.
    """
    ensure(person.tf_totp_secret is None, "enrolled", _("An app is connected already."))
    fault = _("This code does not fit. Check that you added the key just shown, then try the next code.")
    ensure(_fits_app(person, "".join(code.split()), secret), "wrong_code", fault, field="code")
    person.tf_totp_secret = secret
    made = _make_recovery_codes(person)
    publish(SecondFactorEnrolled(actor_id=person.id, person_id=person.id))
    return made


def set_password(token: str, password: str) -> Person:
    """Choose a password with the link from a mail. Every visit ends; a connected app stays connected."""
    ensure_good_password(password, about=("lamplight",))
    kept = hashed(password)
    with transaction():
        used = codes.use_link(token, purposes=FOR_PASSWORDS)
        found = person_with_email(used.email)
        person = None if found is None or not found.is_staff else locked(Person, found.id)
        if person is None:
            raise NotFound
        ensure_good_password(password, about=[*person.public_name.split(), person.email.partition("@")[0]])
        person.password, person.fs_uniquifier = kept, secrets.token_hex(32)
        visits.end_all(person.id)
        publish(PasswordSet(actor_id=person.id, person_id=person.id))
    return person


def make_recovery_codes(*, by: Actor) -> list[str]:
    """New recovery codes, shown this once; the old ones are void. Only with a fresh second factor: a resident's mailed
    code alone must not lead to another one."""
    ensure(is_fresh(by.second_factor_at, now()), "not_fresh", _("Confirm it with the code of your authenticator app."))
    with transaction():
        person = _holder(by.id)
        ensure(person.tf_totp_secret is not None, "no_app", _("Recovery codes are for people with an app connected."))
        made = _make_recovery_codes(person)
        publish(RecoveryCodesMade(actor_id=by.id, person_id=by.id))
    return made


def ensure_good_password(password: str, *, about: Iterable[str]) -> None:
    """Refuse a password that is easy to guess, at the field `password`; `about` is what others know of the person."""
    fault = fault_of_password(password, about=about)
    if fault is not None:
        raise DomainError(fault, _words(fault), field="password")


def _words(fault: PasswordFault) -> str:
    said: dict[PasswordFault, str] = {
        PasswordFault.SHORT: _("Use at least %(n)d characters. A few words in a row are good.", n=PASSWORD_LEAST),
        PasswordFault.LONG: _("Use at most %(n)d characters.", n=PASSWORD_MOST),
        PasswordFault.ABOUT_YOU: _("Leave out your name and your address: others know them."),
        PasswordFault.SIMPLE: _("This is too easy to guess. Use more different characters."),
    }
    return said[fault]


def _account(person_id: int) -> Person:
    person = _holder(person_id)
    if not person.is_staff:
        raise NotFound
    return person


def _holder(person_id: int) -> Person:
    """Whoever may have a second factor: staff, and residents who have connected an app."""
    person = locked(Person, person_id)
    if person is None or not person.active or not (person.is_staff or person.tf_totp_secret):
        raise NotFound
    return person


def _fits_app(person: Person, text: str, secret: str | None) -> bool:
    return secret is not None and totp().verify_totp(text, secret, person, window=CLOCK_SKEW_SECONDS)


def _make_recovery_codes(person: Person) -> list[str]:
    made = totp().generate_recovery_codes(RECOVERY_CODES)
    person.mf_recovery_codes = [_hash(person, code) for code in made]
    return made


def _use_recovery_code(person: Person, text: str) -> bool:
    left = person.mf_recovery_codes or []
    wanted = _hash(person, text)
    person.mf_recovery_codes = [kept for kept in left if not hmac.compare_digest(kept, wanted)]
    return len(person.mf_recovery_codes) < len(left)


def _hash(person: Person, code: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    bare = code.replace("-", "")
    return hmac.new(key, f"recovery code\n{person.id}\n{bare}".encode(), hashlib.sha256).hexdigest()
