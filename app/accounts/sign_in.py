"""Signing in: Flask-Security on Flask-Login, told what our people and our rules are. The one module that knows both.

Its ready-made pages are left out (docs/decisions/0011); its account model, password hashing, TOTP and loading are used.
"""

import hashlib
import hmac
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_security.core import RoleMixin, Security
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.totp import Totp
from flask_security.utils import hash_password, verify_password
from passlib.totp import TotpMatch

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.accounts.visits import services as visits
from app.accounts.visits.queries import Visitor, visit_of
from app.accounts.visits.rules import NOTED_EVERY
from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import db

LIBRARY_ACCESS: dict[str, str | frozenset[Role]] = {}
"""No endpoint of the library is registered."""
VISIT = "visit"
NEXT = "next"


class People(SQLAlchemyUserDatastore):
    """The library's view of our table; it may write, but only `transaction()` commits."""

    def commit(self) -> None:
        """Send what was changed to the database, and leave the commit to the transaction."""
        db.session.flush()


class CodesOnce(Totp):
    """Codes of an authenticator app, each good for one use."""

    def get_last_counter(self, user: Any) -> int | None:
        """The time step of the last code used."""
        counter: int | None = user.tf_last_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        """Remember the code just used."""
        user.tf_last_counter = tmatch.counter


def init_sign_in(app: Flask) -> None:
    """Let people in."""
    app.config.from_mapping(
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        SECURITY_PASSWORD_SALT=_key(app, "password"),
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=True,
        SECURITY_TOTP_SECRETS={"1": _key(app, "second factor")},
        SECURITY_TOTP_ISSUER="Lamplight",
        SECURITY_CLI_USERS_NAME=False,
        SECURITY_CLI_ROLES_NAME=False,
    )
    security = Security(app, People(db, Person, RoleMixin), register_blueprint=False, totp_cls=CodesOnce)
    manager: LoginManager = security.login_manager
    manager.user_loader(_load)
    manager.request_loader(lambda _request: None)
    security.principal.identity_loaders.clear()  # what may be opened is our own guard's to say
    app.before_request(_note_the_visit)


def let_in(person: Person, key: str) -> str | None:
    """Make this browser the one of the visit `key`: a new session, in the person's language, with nothing of the old.

    Returns the page they were on their way to, if they were sent to sign in.
    """
    onward: str | None = session.get(NEXT)
    session.clear()
    g.pop("csrf_token", None)
    login_user(person)
    session[VISIT], session["language"] = key, person.locale
    g.pop("actor", None)
    return onward


def actor_of_this_request() -> Actor | None:
    """Who is signed in, or None for a visitor; somebody let in by this very request has confirmed nothing yet."""
    if isinstance(current_user, Visitor):
        return current_user.actor
    return actor_of(current_user) if isinstance(current_user, Person) else None


def let_out() -> None:
    """Forget this browser's visit, here and on the server."""
    key = session.get(VISIT)
    if key is not None:
        visits.end(key)
    logout_user()
    session.clear()
    g.pop("csrf_token", None)
    g.pop("actor", None)


def remember_the_way(wanted: str) -> None:
    """Keep the page somebody was on their way to, if it is one of ours and nothing else."""
    if wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable():
        session[NEXT] = wanted.rstrip("?")


def kept_way() -> str | None:
    """The page kept by `remember_the_way`, still kept."""
    return session.get(NEXT)


def the_way_back() -> str | None:
    """The page kept by `remember_the_way`, once."""
    way: str | None = session.pop(NEXT, None)
    return way


def mail_folder() -> str | None:
    """Where the demo leaves its mails instead of sending them; None where mails are sent."""
    config = current_app.config
    return str(config["MAIL_FILE_PATH"]) if config["DEMO"] and config["MAIL_BACKEND"] == "file" else None


def hashed(password: str) -> str:
    """The argon2 hash of a password; slow, so outside transactions."""
    return str(hash_password(password))


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept; as slow where there is none."""
    stand_in: str = current_app.extensions.setdefault("password_of_nobody", None) or hashed("nobody's password")
    current_app.extensions["password_of_nobody"] = stand_in
    return bool(verify_password(password, kept or stand_in)) and kept is not None


def totp() -> CodesOnce:
    """The codes of authenticator apps."""
    factory: CodesOnce = current_app.extensions["security"].totp_factory
    return factory


def _load(account: str) -> Visitor | None:
    return visit_of(session[VISIT], account) if VISIT in session else None


def _note_the_visit() -> None:
    if request.endpoint == "static" or VISIT not in session:
        return
    if isinstance(current_user, Visitor) and current_user.seen_at + NOTED_EVERY <= now():
        visits.note(session[VISIT])


def _key(app: Flask, purpose: str) -> str:
    """A key of its own for each purpose, derived from the site's secret."""
    return hmac.new(str(app.config["SECRET_KEY"]).encode(), f"lamplight/{purpose}".encode(), hashlib.sha256).hexdigest()
