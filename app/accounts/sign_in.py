"""Signing in: Flask-Security on Flask-Login, told what our people and our rules are."""

from flask import Flask
from flask_login import LoginManager

from app.accounts.models import Person
from app.core.access import Role
from app.core.db import db

LIBRARY_ACCESS: dict[str, str | frozenset[Role]] = {}


def init_sign_in(app: Flask) -> None:
    """Let people in."""
    manager = LoginManager(app)

    @manager.user_loader
    def load(person_id: str) -> Person | None:
        return db.session.get(Person, int(person_id))
