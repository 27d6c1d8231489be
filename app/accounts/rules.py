"""Where a residence is, whether a grant holds on a day, and which passwords are refused."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

PASSWORD_LEAST = 12
PASSWORD_MOST = 128
DEMO_DOMAIN = "@demo.lamplight.example"
NOWHERE = "@paper.invalid"
"""How the address of somebody ends who has no account: no mail goes there, and nobody signs in with it."""


class ResidenceStage(StrEnum):
    """Where a claim of residence is."""

    REGISTERED = "registered"
    VERIFIED = "verified"
    REFUSED = "refused"


class PasswordFault(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    ABOUT_YOU = "about_you"
    SIMPLE = "simple"


def holds_on(day: date, *, starts_on: date, ends_on: date | None) -> bool:
    """Whether something dated holds on `day`; both ends count, and no end means until further notice."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


def overlaps(starts_on: date, ends_on: date | None, others: Iterable[tuple[date, date | None]]) -> bool:
    """Whether the days from `starts_on` to `ends_on` (None: until further notice) meet any of `others`."""
    ends = ends_on or date.max
    return any(start <= ends and starts_on <= (end or date.max) for start, end in others)


def fault_of_password(password: str, *, about: Iterable[str]) -> PasswordFault | None:
    """The first reason to refuse a password, or None; `about` are the words everybody knows of the person."""
    if len(password) < PASSWORD_LEAST:
        return PasswordFault.SHORT
    if len(password) > PASSWORD_MOST:
        return PasswordFault.LONG
    low = password.lower()
    if any(len(word) > 3 and word.lower() in low for word in about):
        return PasswordFault.ABOUT_YOU
    return PasswordFault.SIMPLE if len(set(low)) < 5 else None


def is_demo_address(email: str) -> bool:
    """Whether an address belongs to an invented person of the demo."""
    return email.endswith(DEMO_DOMAIN)
