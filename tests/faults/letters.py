"""Ballots as they travel: a request with a cookie and a form, ready to be sent again and again by whoever likes."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from random import Random
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask, current_app
from flask_login.utils import _create_identifier
from itsdangerous import URLSafeTimedSerializer

from app.accounts.models import Person
from app.accounts.sign_in import VISIT
from app.accounts.visits.models import Visit
from app.accounts.visits.queries import hash_of
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.voting.ballots.queries import read_ready, ready_token, served_token
from app.voting.queries import VoteFacts, vote_facts

SESSION = "lamplight"
SENDER = {"REMOTE_ADDR": "127.0.0.1"}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One ballot of one voter: what is sent, and what a checker needs to find it again."""

    voter: int
    cycle_id: int
    ranking: tuple[int, ...]
    token: str = field(repr=False)
    key: bytes
    """The hash under which the cast keeps it."""
    cookie: str = field(repr=False)
    form: str = field(repr=False)

    @property
    def path(self) -> str:
        """Where it is sent."""
        return f"/ballots/{self.cycle_id}/cast"

    @property
    def receipt_path(self) -> str:
        """Where its sender gets the receipt of the last one they sent."""
        return f"/ballots/{self.cycle_id}/receipt.json"

    @property
    def headers(self) -> dict[str, str]:
        """With which headers."""
        return {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}


def letters(cycle_id: int, roll: Sequence[Actor], *, each: int, chance: Random) -> list[list[Letter]]:
    """So many ballots of each voter, with rankings by chance, in the order in which they are meant to be sent."""
    vote, browsers = vote_facts(cycle_id), _browsers(roll)
    numbers = range(1, 5)
    return [
        [
            _letter(vote, who, browsers[who.id], tuple(chance.sample(numbers, chance.randint(1, 3))))
            for _ in range(each)
        ]
        for who in roll
    ]


def _letter(vote: VoteFacts, who: Actor, browser: tuple[str, str], ranking: tuple[int, ...]) -> Letter:
    token = ready_token(vote, served_token(vote, who), who)
    ready = read_ready(vote, token, who)
    assert ready is not None
    cookie, csrf = browser
    form = urlencode([("csrf_token", csrf), ("ready", token), *(("ranked", n) for n in ranking)])
    key = sha256(ready.key).digest()
    return Letter(
        voter=who.id, cycle_id=vote.cycle.id, ranking=ranking, token=token, key=key, cookie=cookie, form=form
    )


def _browsers(roll: Sequence[Actor]) -> dict[int, tuple[str, str]]:
    """Everybody signed in at once: the cookie of each, and a token that their forms carry."""
    names = {row.id: row.fs_uniquifier for row in db.session.execute(sa.select(Person.id, Person.fs_uniquifier))}
    keys = {who.id: secrets.token_urlsafe(24) for who in roll}
    with transaction():
        db.session.execute(
            sa.insert(Visit),
            [
                {
                    "key_hash": hash_of(key),
                    "person_id": who,
                    "begun_at": now(),
                    "seen_at": now(),
                    "ends_at": now() + timedelta(days=7),
                    "confirmed_at": now(),
                }
                for who, key in keys.items()
            ],
        )
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return {who: _browser(app, names[who], key) for who, key in keys.items()}


def _browser(app: Flask, name: str, visit: str) -> tuple[str, str]:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    raw = secrets.token_hex(20)
    with app.test_request_context(environ_overrides=SENDER):
        place = _create_identifier()
    session = {"_user_id": name, "_fresh": True, "_id": place, VISIT: visit, "csrf_token": raw}
    csrf = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw)
    return f"{SESSION}={serializer.dumps(session)}", str(csrf)
