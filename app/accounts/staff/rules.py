"""How often staff may try, and how long half a sign-in is worth anything."""

from datetime import timedelta

TRIES = 10
TRIES_FROM_ONE_PLACE = 50
TRIES_FOR_ONE_ACCOUNT = 200
"""A brake for guessing from many places; high, so that nobody can lock somebody else out with a few requests."""
WINDOW = timedelta(minutes=15)
HALF_IN_SECONDS = 600
CLOCK_SKEW_SECONDS = 30
RECOVERY_CODES = 10


def is_recovery_code(text: str) -> bool:
    """Whether what was typed is a recovery code (12 hex digits) rather than the six digits of an app."""
    return len(text) > 6
