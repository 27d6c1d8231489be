"""Which figures of a delivery report are indicators, and how each is written: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.opendata.rules import decimal


class Indicator(StrEnum):
    """What is told of a quarter."""

    MILESTONES_IN_TIME = "milestones_in_time"
    QUESTIONS_IN_TIME = "questions_in_time"
    PROMISED = "promised"
    PAID = "paid"
    SETBACKS = "setbacks"


class Empty(StrEnum):
    """Why there is no value: a cell is marked, never just blank."""

    NOTHING_TO_COUNT = "nothing_to_count"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One indicator of one quarter; `counted` is what a share is of, or how many there were."""

    indicator: Indicator
    value: str
    unit: str
    counted: int | None
    empty: Empty | None = None


def readings(figures: Mapping[str, Any]) -> Iterator[Reading]:
    """The indicators in the figures of a delivery report, as they are printed."""
    span, currency = figures["spans"][0], figures["currency"]
    kept, asked = span["on_time"], span["asked"]
    yield _share(Indicator.MILESTONES_IN_TIME, kept["in_time"], kept["due"])
    yield _share(Indicator.QUESTIONS_IN_TIME, asked["in_time"], asked["answered"])
    for indicator, name in ((Indicator.PROMISED, "committed_cents"), (Indicator.PAID, "spent_cents")):
        yield Reading(indicator=indicator, value=decimal(span["within"][name]), unit=currency, counted=None)
    number = len(figures["setbacks"])
    yield Reading(indicator=Indicator.SETBACKS, value=str(number), unit="setbacks", counted=number)


def _share(indicator: Indicator, part: int, whole: int) -> Reading:
    """A share in percent, rounded down as reports print it; none where there was nothing to count."""
    if not whole:
        return Reading(indicator=indicator, value="", unit="percent", counted=0, empty=Empty.NOTHING_TO_COUNT)
    return Reading(indicator=indicator, value=str(100 * part // whole), unit="percent", counted=whole)
