"""Which figures of a delivery report are told of each quarter, and how each is written: pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.opendata.rules import decimal


class Figure(StrEnum):
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
class Told:
    """One figure of one quarter; `counted` is what a share is of, or how many there were."""

    figure: Figure
    value: str
    unit: str
    counted: int | None
    empty: Empty | None = None


def told(figures: Mapping[str, Any]) -> Iterator[Told]:
    """What a delivery report tells of its quarter, as it is printed."""
    span, currency = figures["spans"][0], figures["currency"]
    kept, asked = span["on_time"], span["asked"]
    yield _share(Figure.MILESTONES_IN_TIME, kept["in_time"], kept["due"])
    yield _share(Figure.QUESTIONS_IN_TIME, asked["in_time"], asked["answered"])
    for figure, name in ((Figure.PROMISED, "committed_cents"), (Figure.PAID, "spent_cents")):
        yield Told(figure=figure, value=decimal(span["within"][name]), unit=currency, counted=None)
    number = len(figures["setbacks"])
    yield Told(figure=Figure.SETBACKS, value=str(number), unit="setbacks", counted=number)


def _share(figure: Figure, part: int, whole: int) -> Told:
    """A share in percent, rounded down as reports print it; none where there was nothing to count."""
    if not whole:
        return Told(figure=figure, value="", unit="percent", counted=0, empty=Empty.NOTHING_TO_COUNT)
    return Told(figure=figure, value=str(100 * part // whole), unit="percent", counted=whole)
