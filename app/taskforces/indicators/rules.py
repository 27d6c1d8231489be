"""Periods, numbers and words of an indicator: what may be entered, what may be told, and which way it went. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LARGEST = 10**11
"""In hundredths: a larger number is a slip."""
MOST_DECIMALS = 2
A_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)


class Frequency(StrEnum):
    """How much time one value tells of."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


MONTHS: Mapping[Frequency, int] = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.HALF_YEAR: 6,
    Frequency.YEAR: 12,
}


class Direction(StrEnum):
    """Which way is better; for some, neither is: more reports can mean more trust."""

    DOWN = "down"
    UP = "up"
    NEITHER = "neither"


class Unit(StrEnum):
    """What the number counts."""

    PERCENT = "percent"
    DAYS = "days"
    HOURS = "hours"
    COUNT = "count"
    PER_THOUSAND = "per_thousand"


class Measure(StrEnum):
    """What is worked out of a file of residents' reports."""

    OPENED = "opened"
    CLOSED = "closed"
    MEDIAN_DAYS = "median_days"
    IN_TIME = "in_time"


UNITS: Mapping[Measure, Unit] = {
    Measure.OPENED: Unit.COUNT,
    Measure.CLOSED: Unit.COUNT,
    Measure.MEDIAN_DAYS: Unit.DAYS,
    Measure.IN_TIME: Unit.PERCENT,
}
"""What each of them is counted in."""


class Silence(StrEnum):
    """Why no value is told."""

    FEW = "few"
    NOTHING = "nothing_to_count"


class Movement(StrEnum):
    """How a value stands to an earlier one."""

    FIRST = "first"
    OTHER_DEFINITION = "other_definition"
    UNKNOWN = "unknown"
    SAME = "same"
    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"


class Fault(StrEnum):
    """Why a value is not taken."""

    NOT_OVER = "not_over"
    NOT_OF_CARD = "not_of_card"
    NO_NOTE = "no_note"
    UNCHANGED = "unchanged"
    FINAL_STAYS = "final_stays"
    NO_VALUE = "no_value"
    NO_CASES = "no_cases"
    OTHER_CASES = "other_cases"
    DECIMALS = "decimals"
    NOT_THE_SHARE = "not_the_share"


@dataclass(frozen=True, kw_only=True, order=True)
class Period:
    """The days a value tells of, both included, where the neighborhood is."""

    first_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A value in hundredths of its unit (None: nothing to count), of how many cases, and the parts of a share."""

    hundredths: int | None
    n: int
    numerator: int | None = None
    denominator: int | None = None
    is_provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What two values are compared by: the version of the definition, and what may be told."""

    version: int
    hundredths: int | None


def period_of(frequency: Frequency, day: date) -> Period:
    """The month, quarter, half or year of the calendar that `day` falls in."""
    months = MONTHS[frequency]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    ends_in = first.month + months
    following = date(first.year + (ends_in > 12), ends_in - 12 if ends_in > 12 else ends_in, 1)
    return Period(first_on=first, last_on=following - timedelta(days=1))


def frequency_of(period: Period) -> Frequency | None:
    """How long a period is; None where it is none of the calendar."""
    return next((each for each in Frequency if period_of(each, period.first_on) == period), None)


def before(frequency: Frequency, period: Period) -> Period:
    """The period of the same length before this one."""
    return period_of(frequency, period.first_on - timedelta(days=1))


def year_before(frequency: Frequency, period: Period) -> Period:
    """The same months of the year before."""
    return period_of(frequency, period.first_on.replace(year=period.first_on.year - 1))


def ended(frequency: Frequency, today: date, many: int) -> Iterator[Period]:
    """The last periods that are over, newest first."""
    period = before(frequency, period_of(frequency, today))
    for _each in range(many):
        yield period
        period = before(frequency, period)


def hundredths_of(text: str) -> int | None:
    """Hundredths from what a person types (`83`, `1,200.5`); None for anything else: a number is never guessed."""
    found = A_NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))


def plain(hundredths: int) -> str:
    """A value for machines, exactly: `83`, `4.5`."""
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    return text.rstrip("0").rstrip(".")


def share(numerator: int, denominator: int, decimals: int) -> int | None:
    """A share in hundredths of a percent, rounded down to that many places: all is only said of all."""
    if not denominator:
        return None
    step: int = 10 ** (MOST_DECIMALS - decimals)
    return 10_000 * numerator // denominator // step * step


def why_silent(hundredths: int | None, n: int, least: int) -> Silence | None:
    """Why a value is kept back: there was nothing to count, or it is of fewer cases than its card lets be told."""
    if 0 < n < least:
        return Silence.FEW
    return Silence.NOTHING if hundredths is None else None


def movement(now: Compared, then: Compared | None, direction: Direction) -> Movement:
    """How a value stands to an earlier one, in the one word that a resident needs."""
    if then is None:
        return Movement.FIRST
    if now.version != then.version:
        return Movement.OTHER_DEFINITION
    if now.hundredths is None or then.hundredths is None:
        return Movement.UNKNOWN
    if now.hundredths == then.hundredths:
        return Movement.SAME
    is_higher = now.hundredths > then.hundredths
    if direction is Direction.NEITHER:
        return Movement.HIGHER if is_higher else Movement.LOWER
    return Movement.BETTER if is_higher == (direction is Direction.UP) else Movement.WORSE


def meets(hundredths: int, target: int, direction: Direction) -> bool | None:
    """Whether a value is where it should be; None where neither way is better."""
    if direction is Direction.NEITHER:
        return None
    return hundredths >= target if direction is Direction.UP else hundredths <= target


def why_not(
    period: Period,
    found: Measured,
    standing: Measured | None,
    *,
    frequency: Frequency,
    unit: Unit,
    decimals: int,
    note: str,
    today: date,
) -> Fault | None:
    """The first reason not to take a value; `standing` is what stands for the same period so far."""
    if period_of(frequency, period.first_on) != period:
        return Fault.NOT_OF_CARD
    if period.last_on >= today:
        return Fault.NOT_OVER
    if found.hundredths is None and found.n:
        return Fault.NO_VALUE
    if not found.n and not _is_told_of_none(found, unit):
        return Fault.NO_CASES
    if not _are_its_cases(found, unit):
        return Fault.OTHER_CASES
    if (found.hundredths or 0) % 10 ** (MOST_DECIMALS - decimals):
        return Fault.DECIMALS
    if unit is Unit.PERCENT and not _is_share(found):
        return Fault.NOT_THE_SHARE
    if standing is None:
        return None
    if found == standing:
        return Fault.UNCHANGED
    if found.is_provisional and not standing.is_provisional:
        return Fault.FINAL_STAYS
    return None if note else Fault.NO_NOTE


def _is_told_of_none(found: Measured, unit: Unit) -> bool:
    """Whether nothing to count can have this value: none, or zero of a number; no other gets past the least number."""
    return found.hundredths is None or (found.hundredths == 0 and unit in (Unit.COUNT, Unit.PER_THOUSAND))


def _are_its_cases(found: Measured, unit: Unit) -> bool:
    """Whether the parts are of the cases by whose number a value is kept back; of a share, that is its whole."""
    if found.numerator is None or found.denominator is None:
        return True
    if unit is Unit.PERCENT:
        return found.numerator <= found.denominator == found.n
    return found.n in (found.numerator, found.denominator)


def _is_share(found: Measured) -> bool:
    """Whether a percentage is that of its parts, to the next whole percent; where no parts are told, it is believed."""
    if found.hundredths is None or found.numerator is None or not found.denominator:
        return True
    return abs(found.hundredths * found.denominator - 10_000 * found.numerator) < 100 * found.denominator
