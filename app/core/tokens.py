"""Unguessable values: 128-bit ids, and form tokens signed by this site."""

import secrets
from functools import lru_cache
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer


def random_id() -> bytes:
    """16 bytes from the system's generator; never a sequence, never a time."""
    return secrets.token_bytes(16)


def sign(purpose: str, value: Any) -> str:
    """A token that only this site could have made, for one `purpose`."""
    return _serializer(purpose).dumps(value)


def read_signed(purpose: str, token: str, *, max_age_seconds: int | None) -> tuple[Any, float] | None:
    """The value and the UTC epoch second it was signed at, or None for a forged, foreign or stale token.

    Without a `max_age_seconds` the clock has no say: for values that carry a moment of the deciding clock themselves.
    """
    try:
        value, signed_at = _serializer(purpose).loads(token, max_age=max_age_seconds, return_timestamp=True)
    except BadSignature:
        return None
    return value, signed_at.timestamp()


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return _serializer_of(current_app.config["SECRET_KEY"], purpose)


@lru_cache(maxsize=32)
def _serializer_of(secret: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=f"lamplight/{purpose}")
