"""Asking for a code, sending it, and using it up.

Asking does the same for an address we know and one we do not: it leaves a row and a job. Only the worker looks whose
address it is, and only the mail tells.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from app.accounts.codes.models import MailedCode
from app.accounts.codes.rules import GUESSES, KEPT, LIFE, MAILS_AN_HOUR, MAILS_AN_HOUR_FROM_ONE_PLACE, Purpose
from app.accounts.models import Person
from app.core import mail
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError
from app.core.jobs import Lease, enqueue
from app.core.limits import count_try
from app.core.tokens import random_id

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class AskForCode:
    """An address, what the code is for, the language of the mail, and where the request came from."""

    email: str
    purpose: Purpose
    locale: str
    place: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Used:
    """What a code that has just been used up stood for."""

    email: str
    purpose: Purpose
    locale: str
    facts: Mapping[str, Any]


def ask(command: AskForCode) -> str:
    """The id of the request, under which the code is typed in; raises TooMany for who asks too often."""
    count_try("code mail", command.email, limit=MAILS_AN_HOUR, window=HOUR)
    if command.place is not None:
        count_try("code mail from", command.place, limit=MAILS_AN_HOUR_FROM_ONE_PLACE, window=HOUR)
    return request_code(command)


def request_code(command: AskForCode) -> str:
    """The same without limits, for a clerk who invites."""
    key = random_id()
    with transaction():
        db.session.execute(sa.delete(MailedCode).where(MailedCode.asked_at < now() - KEPT))
        db.session.add(
            MailedCode(
                id=key,
                email=command.email,
                purpose=command.purpose,
                locale=command.locale,
                facts=dict(command.facts),
                asked_at=now(),
            )
        )
        enqueue("accounts.send_code", code_id=key.hex())
    return key.hex()


def count_guess(request_id: str) -> None:
    """Count one try at the code of a request; raises TooMany after ten. Call it before the transaction: it is kept."""
    count_try("code", request_id, limit=GUESSES, window=HOUR)


def use_code(request_id: str, digits: str, *, purposes: frozenset[Purpose]) -> Used:
    """Use up the six digits typed in; refused at the field `code`, in the same words whatever was wrong."""
    with transaction():
        asked = locked(MailedCode, bytes.fromhex(request_id))
        right = hmac.compare_digest(_hash(request_id, digits), (asked and asked.code_hash) or "")
        if asked is None or not right or asked.purpose not in purposes or not _is_good(asked):
            fault = _("This code does not fit, or it is too old. Check the newest mail, or ask for a new code.")
            raise DomainError("wrong_code", fault, field="code")
        return _use(asked)


def use_link(token: str, *, purposes: frozenset[Purpose]) -> Used:
    """Use up the link of a mail; refused if it was used, is too old, or is for something else."""
    with transaction():
        found = db.session.scalar(sa.select(MailedCode.id).where(MailedCode.link_hash == _hash("link", token)))
        asked = locked(MailedCode, found) if found is not None else None
        if asked is None or asked.purpose not in purposes or not _is_good(asked):
            raise DomainError("dead_link", _("This link has been used or is too old. Please ask for a new one."))
        return _use(asked)


def send_code(lease: Lease) -> None:
    """The job: find out whose address it is, make a code where that is right, and send the mail.

    A worker killed after sending and before noting it sends once more, with a new code; the newest mail works.
    """
    asked = db.session.get(MailedCode, bytes.fromhex(str(lease.arguments["code_id"])))
    if asked is not None and asked.used_at is None:
        _send(asked)
    with lease.finishing():
        pass


def _send(asked: MailedCode) -> None:
    key, to, locale = asked.id, asked.email, asked.locale
    person = db.session.scalar(sa.select(Person).where(Person.email == to, Person.active))
    kind = _letter(asked.purpose, person)
    facts: dict[str, Any] = {"name": person.public_name if person else asked.facts.get("public_name", "")}
    locale = person.locale if person else locale
    if kind in WITH_SECRETS:
        facts |= _make_secrets(key, with_code=kind in WITH_CODE)
    mail.send(kind, to=to, locale=locale, facts=facts)


WITH_CODE = frozenset({"sign_in_code", "join_code"})
WITH_SECRETS = WITH_CODE | {"password", "invitation"}


def _letter(purpose: Purpose, person: Person | None) -> str:
    """Which mail goes to this address. Staff never get a code: for them it would be a way around the second factor."""
    if purpose in (Purpose.PASSWORD, Purpose.INVITATION):
        return str(purpose) if person is not None and person.is_staff else "no_password"
    if person is not None:
        return "staff_sign_in" if person.is_staff else "sign_in_code"
    return "join_code" if purpose is Purpose.JOIN else "no_account"


def _make_secrets(key: bytes, *, with_code: bool) -> dict[str, str]:
    digits, token = f"{secrets.randbelow(10**6):06d}", secrets.token_urlsafe(32)
    with transaction():
        asked = locked(MailedCode, key)
        if asked is None:
            raise LookupError(key.hex())
        until = deadline_now() + LIFE[asked.purpose]
        asked.code_hash = _hash(key.hex(), digits) if with_code else None
        asked.link_hash, asked.expires_at = _hash("link", token), until
    return {"digits": digits, "token": token}


def _is_good(asked: MailedCode) -> bool:
    return asked.used_at is None and asked.expires_at is not None and deadline_now() <= asked.expires_at


def _use(asked: MailedCode) -> Used:
    used = Used(email=asked.email, purpose=asked.purpose, locale=asked.locale, facts=dict(asked.facts))
    asked.used_at, asked.facts = now(), {}
    return used


def _hash(which: str, secret: str) -> str:
    """HMAC-SHA256 in hex under the site's key: six digits alone would be found from a plain hash in a moment."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"mailed code\n{which}\n{secret}".encode(), hashlib.sha256).hexdigest()
