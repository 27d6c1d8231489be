"""How long a mailed code lives, and how often one may be asked for and guessed."""

from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """What a mailed code or link is for; one never works for another."""

    SIGN_IN = "sign_in"
    JOIN = "join"
    PASSWORD = "password"
    INVITATION = "invitation"


LIFE = {
    Purpose.SIGN_IN: timedelta(minutes=10),
    Purpose.JOIN: timedelta(minutes=10),
    Purpose.PASSWORD: timedelta(minutes=10),
    Purpose.INVITATION: timedelta(days=3),
}
GUESSES = 10
MAILS_AN_HOUR = 5
MAILS_AN_HOUR_FROM_ONE_PLACE = 60
KEPT = timedelta(days=4)
"""After this, what somebody typed to join and never confirmed is deleted."""
