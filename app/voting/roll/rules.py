"""Who may stand on a roll and why not, how names and addresses are compared, and when two lines may be one person."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.accounts.rules import ResidenceStage


class WhyNot(StrEnum):
    """Why somebody is not on the roll of a cycle."""

    NO_RESIDENCE = "no_residence"
    ELSEWHERE = "elsewhere"
    WAITING = "waiting"
    REFUSED = "refused"
    STRUCK = "struck"
    NO_BIRTH_DATE = "no_birth_date"
    TOO_YOUNG = "too_young"


class Standing(StrEnum):
    """Where a line of the roll comes from."""

    ACCOUNT = "account"
    LISTING = "listing"


class ChangeKind(StrEnum):
    """What was done to a roll after it was frozen."""

    ADDED = "added"
    STRUCK = "struck"
    RESTORED = "restored"


@dataclass(frozen=True, kw_only=True)
class RollRule:
    """Who may vote in a cycle: where they live, and how old they are on the first day of voting (None: any age)."""

    neighborhood_id: int
    min_age: int | None
    day: date


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What speaks for somebody: a residence of an account, or a listing, which counts as a verified one."""

    neighborhood_id: int | None
    stage: ResidenceStage | None
    born_on: date | None
    is_struck: bool = False


def why_not(claim: Claim, rule: RollRule) -> WhyNot | None:
    """The first reason why somebody does not stand on the roll, or None."""
    if claim.stage is None:
        return WhyNot.NO_RESIDENCE
    if claim.neighborhood_id != rule.neighborhood_id:
        return WhyNot.ELSEWHERE
    if claim.stage is not ResidenceStage.VERIFIED:
        return WhyNot.WAITING if claim.stage is ResidenceStage.REGISTERED else WhyNot.REFUSED
    if claim.is_struck:
        return WhyNot.STRUCK
    return why_not_of_age(claim.born_on, rule)


def why_not_of_age(born_on: date | None, rule: RollRule) -> WhyNot | None:
    """Whether somebody is old enough on the first day of voting; without a rule about age everybody is."""
    if rule.min_age is None:
        return None
    if born_on is None:
        return WhyNot.NO_BIRTH_DATE
    return None if age_on(rule.day, born_on) >= rule.min_age else WhyNot.TOO_YOUNG


def age_on(day: date, born_on: date) -> int:
    """Full years on `day`; somebody born on February 29 turns a year older on March 1 of ordinary years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def latest_birth(day: date, min_age: int) -> date:
    """The last day on which somebody can be born who has `min_age` full years on `day`."""
    year = day.year - min_age
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(year, 2, 28) if is_leap_day and not _has_leap_day(year) else day.replace(year=year)


def name_key(name: str) -> str:
    """A name as it is compared: no case, no accents, no signs, its words in the order of the alphabet."""
    return " ".join(sorted(_plain(name).split()))[:240]


def address_key(address: str) -> str:
    """An address as it is compared: no case, no accents, no signs."""
    return _plain(address)[:600]


def may_be_one(one: date | None, other: date | None) -> bool:
    """Whether two lines with one name and address may be one person: only two different birth dates say no."""
    return one is None or other is None or one == other


def tidy(text: str) -> str:
    """One line of plain text: composed, no control characters, single spaces."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in composed).split())


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    kept = (c if c.isalnum() else " " for c in apart if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def _has_leap_day(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
